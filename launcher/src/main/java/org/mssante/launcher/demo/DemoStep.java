package org.mssante.launcher.demo;

import java.util.List;

/** One step of the story: does what its party does and checks what must follow. */
interface DemoStep {
    /** A sentence that says who does what. */
    String title();

    /** @throws org.mssante.launcher.CommandFailure where a service does not answer as it should */
    List<Check> play(Narrator narrator);
}
