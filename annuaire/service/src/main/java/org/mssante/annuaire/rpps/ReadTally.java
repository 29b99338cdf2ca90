package org.mssante.annuaire.rpps;

import java.util.ArrayList;
import java.util.List;

/** Counts while one extract is read. Not thread-safe. */
final class ReadTally {
    private static final int FAULTS_KEPT = 20;

    private long rows;
    private long quarantined;
    private long malformedBytes;
    private long doubtfulKeys;
    private final List<String> firstFaults = new ArrayList<>();

    void row() {
        rows++;
    }

    void doubtfulKey() {
        doubtfulKeys++;
    }

    void quarantine(long line, String why) {
        quarantined++;
        if (firstFaults.size() < FAULTS_KEPT) {
            firstFaults.add("line " + line + " " + why);
        }
    }

    void malformed(String line) {
        for (int i = line.indexOf(LineReader.REPLACEMENT); i >= 0; i = line.indexOf(LineReader.REPLACEMENT, i + 1)) {
            malformedBytes++;
        }
    }

    ReadReport report(String file, boolean complete) {
        return new ReadReport(file, rows, quarantined, malformedBytes, doubtfulKeys, firstFaults, complete);
    }
}
