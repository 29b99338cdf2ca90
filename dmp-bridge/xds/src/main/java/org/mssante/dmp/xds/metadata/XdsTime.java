package org.mssante.dmp.xds.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of XDS metadata, HL7 DTM in UTC: {@code yyyy[MM[dd[HH[mm[ss]]]]]}. The precision is part of the value.
 *
 * @param value 4, 6, 8, 10, 12 or 14 digits
 */
public record XdsTime(String value) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern FORM =
            Pattern.compile("([0-9]{4}(?:[0-9]{2}){0,5})(?:\\.[0-9]{1,6})?([+-][0-9]{4}|Z)?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{4}(?:[0-9]{2}){0,5}");
    private static final String EARLIEST = "00000101000000";
    private static final int HOURS = 10;

    public XdsTime {
        if (!DIGITS.matcher(value).matches()) {
            throw wrong();
        }
        dateTime(value);
    }

    public static XdsTime of(Instant instant) {
        return new XdsTime(SECONDS.format(instant.atOffset(ZoneOffset.UTC)));
    }

    /**
     * Reads a time as foreign metadata write it: with a fraction, which is dropped, or with an offset, which is applied
     * where the time has hours.
     */
    public static XdsTime parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw wrong();
        }
        String digits = form.group(1);
        String offset = form.group(2);
        if (offset == null || digits.length() < HOURS) {
            return new XdsTime(digits);
        }
        LocalDateTime local = dateTime(digits);
        LocalDateTime utc = local.minusSeconds(offset(offset).getTotalSeconds());
        return new XdsTime(SECONDS.format(utc).substring(0, digits.length()));
    }

    /** The first instant of the period the value names. */
    public Instant earliest() {
        return dateTime(value).toInstant(ZoneOffset.UTC);
    }

    /** True where this is the earlier one for certain: in the digits that both have. */
    public boolean isBefore(XdsTime other) {
        int digits = Math.min(value.length(), other.value.length());
        return value.substring(0, digits).compareTo(other.value.substring(0, digits)) < 0;
    }

    private static ZoneOffset offset(String text) {
        try {
            return ZoneOffset.of(text);
        } catch (DateTimeException e) {
            throw wrong();
        }
    }

    private static LocalDateTime dateTime(String digits) {
        try {
            return LocalDateTime.parse(digits + EARLIEST.substring(digits.length()), SECONDS);
        } catch (DateTimeException e) {
            throw wrong();
        }
    }

    private static InvalidMetadataException wrong() {
        return new InvalidMetadataException("a time is written yyyyMMddHHmmss or a shorter form of it");
    }

    @Override
    public String toString() {
        return value;
    }
}
