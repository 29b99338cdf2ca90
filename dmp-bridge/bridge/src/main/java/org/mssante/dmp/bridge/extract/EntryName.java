package org.mssante.dmp.bridge.extract;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * The name of an entry. Names are UTF-8 where the archive says so, and in practice often where it does not; what is no
 * UTF-8 is of the western code page that DOS and Windows write (APPNOTE 6.3 appendix D leaves the encoding open).
 */
final class EntryName {
    private static final String DOS_WESTERN = "IBM850";
    private static final Pattern VERSION = Pattern.compile(";[0-9]{1,5}$");

    private EntryName() {}

    /**
     * The name by which a file is found, however the archive and the metadata write it: separated by slashes, accents in one
     * sign as all but macOS write them, without the version of ISO 9660 that copies of a disk keep ({@code METADATA.XML;1}).
     */
    static String common(String name) {
        return VERSION.matcher(Normalizer.normalize(name, Normalizer.Form.NFC).replace('\\', '/'))
                .replaceFirst("");
    }

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
