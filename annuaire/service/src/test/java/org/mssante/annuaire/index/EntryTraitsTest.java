package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EntryTraitsTest {
    private static final EntryKey KEY = EntryKey.of(Branch.MAILBOXES, "a@b.mssante.fr");

    @Test
    void everyAttributeEveryClassAndWhoMayReadHaveABitOfTheirOwn() {
        assertThat(EntryTraits.of(DirectoryEntry.at(KEY, Audience.SERVICES).build()))
                .isZero();
        long read =
                EntryTraits.of(DirectoryEntry.at(KEY, Audience.PROFESSIONALS).build());
        assertThat(Long.bitCount(read)).isEqualTo(1);
        Set<Long> bits = new HashSet<>(Set.of(read));
        for (Attribute attribute : Attribute.values()) {
            long bit = EntryTraits.of(entry(attribute, "unknown")) ^ read;
            assertThat(Long.bitCount(bit)).as(attribute.ldapName()).isEqualTo(1);
            assertThat(bits.add(bit)).as(attribute.ldapName()).isTrue();
        }
        long classed = EntryTraits.of(entry(Attribute.OBJECT_CLASS, "unknown"));
        for (String name :
                new HashSet<>(ObjectClasses.ALL.stream().flatMap(List::stream).toList())) {
            long bit = EntryTraits.of(entry(Attribute.OBJECT_CLASS, name)) ^ classed;
            assertThat(Long.bitCount(bit)).as(name).isEqualTo(1);
            assertThat(bits.add(bit)).as(name).isTrue();
        }
    }

    @Test
    void theClassesOfAKindOfEntryArePackedAsANumberAndOthersByName() throws IOException {
        for (List<String> classes : List.of(
                ObjectClasses.PROFESSIONAL, ObjectClasses.OWN_MAILBOX, List.of("top"), List.of("person", "top"))) {
            DirectoryEntry entry = DirectoryEntry.at(KEY, Audience.PROFESSIONALS)
                    .with(Attribute.OBJECT_CLASS, classes)
                    .with(Attribute.MAIL, "a@b.mssante.fr")
                    .build();
            byte[] packed = PackedEntry.pack(entry);

            assertThat(PackedEntry.unpack(packed)).isEqualTo(entry);
            assertThat(PackedEntry.has(packed, Attribute.MAIL)).isTrue();
            assertThat(PackedEntry.has(packed, Attribute.TOWN)).isFalse();
        }
        assertThat(PackedEntry.pack(classed(ObjectClasses.PROFESSIONAL)))
                .hasSizeLessThan(PackedEntry.pack(classed(List.of("person"))).length);
    }

    private static DirectoryEntry classed(List<String> classes) {
        return DirectoryEntry.at(KEY, Audience.PROFESSIONALS)
                .with(Attribute.OBJECT_CLASS, classes)
                .build();
    }

    private static DirectoryEntry entry(Attribute attribute, String value) {
        return DirectoryEntry.at(KEY, Audience.PROFESSIONALS)
                .with(attribute, value)
                .build();
    }
}
