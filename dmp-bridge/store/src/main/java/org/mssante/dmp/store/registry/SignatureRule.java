package org.mssante.dmp.store.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.mssante.dmp.xds.signature.SignatureCheck;
import org.mssante.dmp.xds.signature.SignatureFault;
import org.mssante.dmp.xds.signature.SignatureVerdict;

/**
 * What the store makes of the signature of a submission.
 *
 * @param check not asked where the policy is {@link Policy#OFF}
 */
public record SignatureRule(Policy policy, SignatureCheck check) {
    /** Which signatures are looked at. */
    public enum Policy {
        /** None: they are documents like others. */
        OFF,
        /** One that is there has to be right. */
        PRESENT,
        /** Each submission has a right one. */
        REQUIRED
    }

    Optional<Refusal> refusal(SubmissionRequest request) {
        if (policy == Policy.OFF) {
            return Optional.empty();
        }
        SignatureVerdict verdict;
        try {
            verdict = check.of(request.objects(), request.contents());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (verdict instanceof SignatureVerdict.Refused refused) {
            return Optional.of(new Refusal(error(refused.fault()), refused.why()));
        }
        return verdict instanceof SignatureVerdict.Unsigned && policy == Policy.REQUIRED
                ? Optional.of(new Refusal(XdsError.SIGNATURE_MISSING, "The submission is not signed."))
                : Optional.empty();
    }

    private static XdsError error(SignatureFault fault) {
        return switch (fault) {
            case FORM -> XdsError.SIGNATURE_MALFORMED;
            case VALUE -> XdsError.SIGNATURE_INVALID;
            case CERTIFICATE -> XdsError.SIGNATURE_CERTIFICATE;
            case MANIFEST -> XdsError.SIGNATURE_MANIFEST;
        };
    }
}
