package org.mssante.dmp.store.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mssante.dmp.xds.iti18.StoredQuery;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.XdsTime;

/** The filters of FindDocuments besides patient and status (ITI TF-2 §3.18.4.1.2.3.7.1), as data. */
final class DocumentFilter {
    private static final String PREFIX = "$XDSDocumentEntry";

    private static final Map<String, Function<DocumentEntry, List<Code>>> CODES = Map.of(
            PREFIX + "ClassCode", entry -> entry.classCode().stream().toList(),
            PREFIX + "TypeCode", entry -> entry.typeCode().stream().toList(),
            PREFIX + "FormatCode", entry -> entry.formatCode().stream().toList(),
            PREFIX + "PracticeSettingCode",
                    entry -> entry.practiceSettingCode().stream().toList(),
            PREFIX + "HealthcareFacilityTypeCode",
                    entry -> entry.healthcareFacilityTypeCode().stream().toList(),
            PREFIX + "EventCodeList", DocumentEntry::eventCodes,
            PREFIX + "ConfidentialityCode", DocumentEntry::confidentialityCodes);

    private static final Map<String, Function<DocumentEntry, Optional<XdsTime>>> TIMES = Map.of(
            PREFIX + "CreationTime", DocumentEntry::creationTime,
            PREFIX + "ServiceStartTime", DocumentEntry::serviceStartTime,
            PREFIX + "ServiceStopTime", DocumentEntry::serviceStopTime);

    /** Parameters that narrow nothing here: every entry is stable, and there is one community. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(PREFIX + "Type", "$MetadataLevel", "$homeCommunityId");

    private DocumentFilter() {}

    /** The first parameter the store would have to ignore to go on; a wider answer than asked is no answer. */
    static Optional<String> unsupported(QueryParameters parameters) {
        Set<String> known = new HashSet<>(CODES.keySet());
        TIMES.keySet().forEach(name -> known.addAll(List.of(name + "From", name + "To")));
        known.addAll(WITHOUT_EFFECT);
        known.addAll(List.of(StoredQuery.PATIENT_ID, StoredQuery.STATUS));
        return parameters.names().stream()
                .filter(name -> !known.contains(name) && !name.startsWith("urn:"))
                .findFirst();
    }

    static Predicate<DocumentEntry> of(QueryParameters parameters) {
        List<Predicate<DocumentEntry>> conditions = new ArrayList<>();
        CODES.forEach((name, codes) -> parameters
                .all(name)
                .forEach(wanted ->
                        conditions.add(entry -> codes.apply(entry).stream().anyMatch(code -> isAnyOf(code, wanted)))));
        TIMES.forEach((name, time) -> {
            parameters
                    .first(name + "From")
                    .ifPresent(from -> conditions.add(entry -> time.apply(entry)
                            .filter(at -> padded(at.value()).compareTo(padded(from)) >= 0)
                            .isPresent()));
            parameters
                    .first(name + "To")
                    .ifPresent(to -> conditions.add(entry -> time.apply(entry)
                            .filter(at -> padded(at.value()).compareTo(padded(to)) < 0)
                            .isPresent()));
        });
        return conditions.stream().reduce(entry -> true, Predicate::and);
    }

    /** {@code code^^codeSystem}. */
    private static boolean isAnyOf(Code code, List<String> wanted) {
        return wanted.contains(code.code() + "^^" + code.codeSystem());
    }

    /** Times of any precision compare as text once filled up. */
    private static String padded(String time) {
        String earliest = "00000101000000";
        return time.length() >= earliest.length() ? time : time + earliest.substring(time.length());
    }
}
