package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShallowInputTest {
    private final List<String> refusals = new ArrayList<>();

    @Test
    void bringsWhatIsSentAsItIs() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            sent.write(nested(20));
            sent.write(new ASN1Sequence(
                            new ASN1Integer(i),
                            new ASN1Sequence(),
                            new ASN1OctetString(new byte[0]),
                            new ASN1OctetString(new byte[70_000]))
                    .encode());
        }

        assertThat(input(sent.toByteArray()).readAllBytes()).isEqualTo(sent.toByteArray());
        assertThat(octetByOctet(sent.toByteArray())).isEqualTo(sent.toByteArray());
        assertThat(refusals).isEmpty();
    }

    @Test
    void takesAsManyLevelsAsThereMayBeAndNoneMore() throws IOException {
        assertThat(input(nested(ShallowInput.MOST_LEVELS)).readAllBytes()).isNotEmpty();

        assertThatThrownBy(() -> input(nested(ShallowInput.MOST_LEVELS + 1)).readAllBytes())
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> octetByOctet(nested(ShallowInput.MOST_LEVELS + 1)))
                .isInstanceOf(IOException.class);
        assertThat(refusals).hasSize(2).allMatch(why -> why.contains("levels deep"));
    }

    @Test
    void levelsOfOneMessageDoNotCountForTheNext() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            sent.write(nested(ShallowInput.MOST_LEVELS));
        }

        assertThat(input(sent.toByteArray()).readAllBytes()).hasSize(sent.size());
    }

    @Test
    void hidesNoLevelsInWhatIsNoMessage() {
        for (byte[] octets : List.of(
                // a sequence that does not say so
                new byte[] {0x10, 2, (byte) 0xA2, 0},
                // longer than what is around it
                new byte[] {0x30, 2, (byte) 0xA2, 5, 0x04, 0},
                // of no definite length, and of one of too many octets
                new byte[] {0x30, (byte) 0x80, 0, 0},
                new byte[] {0x30, (byte) 0x85, 0, 0, 0, 0, 1, 0})) {
            assertThatThrownBy(() -> input(octets).readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    private ShallowInput input(byte[] octets) {
        return new ShallowInput(new ByteArrayInputStream(octets), refusals::add);
    }

    private byte[] octetByOctet(byte[] octets) throws IOException {
        ByteArrayOutputStream brought = new ByteArrayOutputStream();
        try (ShallowInput input = input(octets)) {
            for (int octet = input.read(); octet >= 0; octet = input.read()) {
                brought.write(octet);
            }
        }
        return brought.toByteArray();
    }

    private static byte[] nested(int levels) {
        ASN1Element element = new ASN1OctetString("x");
        for (int i = 0; i < levels; i++) {
            element = new ASN1Element((byte) 0x30, element.encode());
        }
        return element.encode();
    }
}
