package org.mssante.dmp.xds.vihf;

import javax.xml.namespace.QName;

/** The header block the assertion travels in (WS-Security 1.1, SAML token profile). */
public final class WsSecurity {
    public static final String NAMESPACE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public static final QName HEADER = new QName(NAMESPACE, "Security", "wsse");

    private WsSecurity() {}
}
