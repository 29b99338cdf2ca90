package org.mssante.dmp.xds.signature;

import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti41.Submission;

/** Signs each submission before it is sent. */
public final class SigningClient implements ProvideAndRegisterClient {
    /** What a submission that could not be signed is answered with: it never left. */
    public static final String NOT_SIGNED = "MSSSubmissionNotSigned";

    private final ProvideAndRegisterClient dmp;
    private final SubmissionSigner signer;

    public SigningClient(ProvideAndRegisterClient dmp, SubmissionSigner signer) {
        this.dmp = dmp;
        this.signer = signer;
    }

    @Override
    public Answer<Registered> submit(Submission submission) {
        Submission signed;
        try {
            signed = signer.sign(submission);
        } catch (SigningFailedException e) {
            return new Answer.Refused<>(NOT_SIGNED, "The submission cannot be signed (" + e.getMessage() + ").");
        }
        return dmp.submit(signed);
    }
}
