package org.mssante.dmp.bridge.extract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The end of a zip archive that stands behind other data: a self-extracting archive, or a line end that a transport added
 * (APPNOTE 4.3.16).
 */
final class ZipEnd {
    private static final int END = 0x06054b50;
    private static final int DIRECTORY = 0x02014b50;
    private static final int LENGTH = 22;
    private static final int MAX_COMMENT = 65_535;
    private static final int SIZE_OF_DIRECTORY = 12;

    private ZipEnd() {}

    /** True where a record of the end of a central directory has that directory right before it. */
    static boolean isIn(byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int earliest = Math.max(0, bytes.length - LENGTH - MAX_COMMENT);
        for (int at = bytes.length - LENGTH; at >= earliest; at--) {
            if (bytes[at] == 'P' && data.getInt(at) == END) {
                long directory = at - Integer.toUnsignedLong(data.getInt(at + SIZE_OF_DIRECTORY));
                return directory >= 0 && directory < at && data.getInt((int) directory) == DIRECTORY;
            }
        }
        return false;
    }
}
