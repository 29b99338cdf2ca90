package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AnswerOutputTest {
    private static final int NUMBER = 70_000;

    private final List<byte[]> records = new ArrayList<>();
    private final AnswerOutput output = new AnswerOutput(new OutputStream() {
        @Override
        public void write(int octet) {
            records.add(new byte[] {(byte) octet});
        }

        @Override
        public void write(byte[] octets, int from, int count) {
            records.add(Arrays.copyOfRange(octets, from, from + count));
        }
    });

    @Test
    void theEntriesOfAnAnswerAndItsEndAreOneRecord() throws IOException {
        output.write(entry("a"));
        output.write(entry("b".repeat(300)));
        output.flush();
        assertThat(records).isEmpty();

        output.write(done());
        assertThat(records).hasSize(1);
        assertThat(messages()).containsExactly("entry", "entry", "done");
    }

    @Test
    void whatIsNoEntryIsSentAtOnce() throws IOException {
        output.write(done());
        assertThat(records).hasSize(1);
        output.write(new byte[] {0x30});
        output.write(0x30);
        assertThat(records).hasSize(3);
    }

    @Test
    void noMoreIsHeldThanARecordHolds() throws IOException {
        for (int i = 0; i < 100; i++) {
            output.write(entry("c".repeat(1_000)));
        }
        output.write(entry("d".repeat(2 * AnswerOutput.RECORD)));
        output.write(entry("e"));
        output.write(done());

        assertThat(records)
                .hasSizeBetween(8, 10)
                .filteredOn(record -> record.length > AnswerOutput.RECORD)
                .hasSize(1);
        assertThat(messages()).hasSize(103).endsWith("entry", "entry", "done");
    }

    private List<String> messages() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] record : records) {
            all.write(record);
        }
        List<String> kinds = new ArrayList<>();
        try (ASN1StreamReader reader = new ASN1StreamReader(new ByteArrayInputStream(all.toByteArray()))) {
            for (LDAPMessage message = read(reader); message != null; message = read(reader)) {
                kinds.add(
                        message.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_RESULT_ENTRY
                                ? "entry"
                                : "done");
            }
        }
        return kinds;
    }

    private static LDAPMessage read(ASN1StreamReader reader) throws IOException {
        try {
            return LDAPMessage.readFrom(reader, false);
        } catch (LDAPException e) {
            throw new IOException(e);
        }
    }

    private static byte[] entry(String value) {
        return new LDAPMessage(
                        NUMBER,
                        new SearchResultEntryProtocolOp(
                                "mail=a,ou=bal,dc=mssante,dc=fr", List.of(new Attribute("cn", value))))
                .encode()
                .encode();
    }

    private static byte[] done() {
        return new LDAPMessage(NUMBER, new SearchResultDoneProtocolOp(0, null, null, null))
                .encode()
                .encode();
    }
}
