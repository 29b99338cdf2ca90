package org.mssante.dmp.xds.soap;

/** The services of a DMP below {@code https://<host>/si-dmp-server/v2/services}. */
public final class DmpPath {
    public static final String REPOSITORY = "/repository";
    public static final String REGISTRY = "/registry";
    public static final String PATIENTS = "/patients";

    private DmpPath() {}
}
