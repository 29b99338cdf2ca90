/** One instance: its folders and ports, its four service processes, their start, state and end. */
package org.mssante.launcher.instance;
