package org.mssante.dmp.bridge.extract;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The name of an entry. Names are UTF-8 where the archive says so, and in practice often where it does not; what is no
 * UTF-8 is of the western code page that DOS and Windows write (APPNOTE 6.3 appendix D leaves the encoding open).
 */
final class EntryName {
    private static final String DOS_WESTERN = "IBM850";

    private EntryName() {}

    static String of(ZipArchiveEntry entry) {
        if (entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD || entry.getRawName() == null) {
            return entry.getName();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(entry.getRawName()))
                    .toString();
        } catch (CharacterCodingException e) {
            Charset charset =
                    Charset.isSupported(DOS_WESTERN) ? Charset.forName(DOS_WESTERN) : StandardCharsets.ISO_8859_1;
            return new String(entry.getRawName(), charset);
        }
    }
}
