package org.mssante.launcher.probe;

import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServicePort;

/**
 * How a port answered.
 *
 * @param words its greeting, or why there was none
 */
public record PortAnswer(ServicePort port, Endpoint endpoint, boolean answers, String words) {}
