package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;

/**
 * documentationOf/serviceEvent: an act the document reports.
 *
 * @param start effectiveTime/low as written
 * @param stop effectiveTime/high as written
 */
public record ServiceEvent(
        List<InstanceId> ids,
        Optional<Code> code,
        Optional<String> start,
        Optional<String> stop,
        Optional<Participant> performer) {

    public ServiceEvent {
        ids = List.copyOf(ids);
    }

    /** The main act is the one with a start and a performer (CI-SIS structuration minimale, documentationOf). */
    public boolean isMain() {
        return start.isPresent() && practiceSetting().isPresent();
    }

    /** The performer's setting (JDV_J04). */
    public Optional<Code> practiceSetting() {
        return performer.flatMap(Participant::organisation).flatMap(Organisation::practiceSetting);
    }
}
