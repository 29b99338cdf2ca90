package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;

/**
 * Somebody, or some system, that made or answers for the document.
 *
 * @param ids a professional's national identifier has the root 1.2.250.1.71.4.2.1 (PS_IdNat)
 * @param code profession and speciality (JDV_J01)
 * @param function the label of author/functionCode
 */
public record Participant(
        List<InstanceId> ids,
        Optional<Code> code,
        Optional<String> function,
        Name person,
        Optional<Device> device,
        Optional<Organisation> organisation) {

    public Participant {
        ids = List.copyOf(ids);
    }

    /** assignedAuthoringDevice; a name that is not given is empty. */
    public record Device(String modelName, String softwareName) {}
}
