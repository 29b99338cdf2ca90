package org.mssante.launcher.demo;

import org.mssante.core.id.Ins;
import org.mssante.core.id.MailAddress;

/** Who takes part. Everybody is invented; {@code conf/demo} and the development PKI know the same names. */
final class Cast {
    static final MailAddress LABORATORY = MailAddress.parse("labo.test@demo.mssante.fr");
    static final MailAddress PRACTITIONER = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    static final MailAddress COLLEAGUE = MailAddress.parse("dr.martin@demo.medecin.mssante.fr");
    static final MailAddress PRACTICE = MailAddress.parse("cabinet.exemple@demo.mssante.fr");
    static final MailAddress HOSPITAL = MailAddress.parse("sortie@chu-exemple.mssante.fr");
    static final MailAddress UNLISTED = MailAddress.parse("contact@hors-liste.mssante.fr");
    static final MailAddress OUTSIDE = MailAddress.parse("quelqu.un@messagerie-ordinaire.example");

    static final Ins PATIENT_WITH_DMP = new Ins("258029999900145", Ins.NIR_TEST);
    static final Ins PATIENT_OPPOSED = new Ins("171119999900286", Ins.NIR_TEST);

    /** As a subject names a patient: name, given name, date of birth (ECO.2.1.3). */
    static final String NAME_OF_PATIENT_WITH_DMP = "EXEMPLE-UN CAMILLE 14/02/1958";

    static final String NAME_OF_PATIENT_OPPOSED = "EXEMPLE-DEUX DOMINIQUE 05/11/1971";

    private Cast() {}
}
