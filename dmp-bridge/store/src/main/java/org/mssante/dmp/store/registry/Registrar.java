package org.mssante.dmp.store.registry;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.store.registry.Registration.Refused;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.store.sql.UniqueViolationException;

/**
 * Registers submissions: bytes and metadata in one transaction, so that a crash leaves all or nothing. A document whose
 * uniqueId and bytes are there already is a success without a new entry (the key of a document is its CDA id).
 * Thread-safe.
 */
public final class Registrar {
    private final StoreDatabase database;
    private final DmpStates states;
    private final RegistrationRules rules;
    private final SignatureRule signatures;
    private final Clock clock;

    public Registrar(
            StoreDatabase database, DmpStates states, RegistrationRules rules, SignatureRule signatures, Clock clock) {
        this.database = database;
        this.states = states;
        this.rules = rules;
        this.signatures = signatures;
        this.clock = clock;
    }

    /** @throws UncheckedIOException where a document cannot be read from the request */
    public Registration register(SubmissionRequest request) {
        Optional<Refusal> broken = SubmissionRules.firstBroken(request);
        if (broken.isPresent()) {
            return new Refused(broken.get());
        }
        Optional<Ins> patient = request.objects().submissionSet().patientId().ins();
        if (patient.isEmpty()) {
            return new Refused(new Refusal(XdsError.UNKNOWN_PATIENT, "The patientId is not an INS."));
        }
        Optional<Refusal> closed = refusalOf(patient.get());
        if (closed.isPresent()) {
            return new Refused(closed.get());
        }
        Optional<Refusal> unsigned = signatures.refusal(request);
        if (unsigned.isPresent()) {
            return new Refused(unsigned.get());
        }
        try {
            return registerOnce(request, patient.get());
        } catch (UniqueViolationException e) {
            // the same document came in twice at the same moment: the second look finds the first one
            return registerOnce(request, patient.get());
        }
    }

    private Optional<Refusal> refusalOf(Ins patient) {
        return switch (states.state(patient)) {
            case ACTIVE -> Optional.empty();
            case ABSENT -> Optional.of(new Refusal(XdsError.UNKNOWN_PATIENT, "The patient has no DMP."));
            case CLOSED -> Optional.of(new Refusal(XdsError.DMP_CLOSED, "The patient's DMP is closed."));
            case OPPOSED ->
                Optional.of(new Refusal(XdsError.PATIENT_OPPOSED, "The patient opposed the feeding of the DMP."));
            case BLOCKED -> Optional.of(new Refusal(XdsError.ACCESS_DENIED, "The patient has blocked who files."));
        };
    }

    private Registration registerOnce(SubmissionRequest request, Ins patient) {
        return database.inTransaction(connection -> {
            Registration registration =
                    new RegistrationTransaction(connection, request, patient, rules, clock.instant()).run();
            if (registration instanceof Refused) {
                connection.rollback();
            }
            return registration;
        });
    }
}
