package org.mssante.launcher.instance;

/** Every port of an instance, the key that configures it, and how it answers. */
public enum ServicePort {
    SMTP_MX(ServiceKind.SERVER, "smtp.mx.port", Greeting.SMTP, false),
    SMTP_SUBMISSION(ServiceKind.SERVER, "smtp.submission.port", Greeting.SMTP, false),
    SMTP_SUBMISSIONS(ServiceKind.SERVER, "smtp.submissions.port", Greeting.SMTP, true),
    IMAP(ServiceKind.SERVER, "imap.port", Greeting.IMAP, false),
    IMAPS(ServiceKind.SERVER, "imaps.port", Greeting.IMAP, true),
    LDAP(ServiceKind.ANNUAIRE, "ldap.port", Greeting.LDAP, false),
    LDAPS(ServiceKind.ANNUAIRE, "ldaps.port", Greeting.LDAP, true),
    INTAKE(ServiceKind.BRIDGE, "intake.port", Greeting.SMTP, false),
    SOAP(ServiceKind.STORE, "soap.port", Greeting.NONE, true);

    /** What a protocol says first, or answers to the least question. */
    public enum Greeting {
        SMTP,
        IMAP,
        LDAP,
        /** The client speaks first and a question would need content: a finished TLS handshake is the answer. */
        NONE
    }

    private final ServiceKind service;
    private final String key;
    private final Greeting greeting;
    private final boolean tls;

    ServicePort(ServiceKind service, String key, Greeting greeting, boolean tls) {
        this.service = service;
        this.key = key;
        this.greeting = greeting;
        this.tls = tls;
    }

    public ServiceKind service() {
        return service;
    }

    public String key() {
        return key;
    }

    public Greeting greeting() {
        return greeting;
    }

    /** True where TLS starts with the connection. */
    public boolean tls() {
        return tls;
    }
}
