package org.mssante.dmp.cda;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.metadata.XdsTime;

/**
 * Times of a header, local with an offset, to times of XDS, in UTC (CI-SIS volet Transmission, mapping). A time of day
 * without offset is taken as local to {@code zone}.
 */
record HeaderTime(ZoneId zone) {
    private static final Pattern LOCAL = Pattern.compile("([0-9]{12}|[0-9]{14})(\\.[0-9]+)?");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /** Empty where the text is no time. */
    Optional<XdsTime> utc(String text) {
        try {
            if (LOCAL.matcher(text).matches()) {
                String digits = text.replaceAll("\\..*", "");
                LocalDateTime local = LocalDateTime.parse(digits.length() == 12 ? digits + "00" : digits, SECONDS);
                return Optional.of(XdsTime.of(local.atZone(zone).toInstant()));
            }
            return Optional.of(XdsTime.parse(text));
        } catch (InvalidMetadataException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
