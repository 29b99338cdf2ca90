package org.mssante.dmp.store.registry;

import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.td02.DmpState;

/** The state of each patient's DMP. Thread-safe. */
@FunctionalInterface
public interface DmpStates {
    DmpState state(Ins patient);
}
