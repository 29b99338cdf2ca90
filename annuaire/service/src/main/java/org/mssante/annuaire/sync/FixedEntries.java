package org.mssante.annuaire.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.ObjectClasses;

/** The base, the branches and the services: entries that stand in no source. */
final class FixedEntries {
    private FixedEntries() {}

    static List<DirectoryEntry> all(List<String> services) {
        List<DirectoryEntry> entries = new ArrayList<>();
        entries.add(DirectoryEntry.at(EntryKey.base(), Audience.PROFESSIONALS)
                .with(Attribute.OBJECT_CLASS, ObjectClasses.BASE)
                .with(Attribute.DOMAIN_COMPONENT, "mssante")
                .build());
        Arrays.stream(Branch.values()).map(FixedEntries::branch).forEach(entries::add);
        services.stream().map(FixedEntries::service).forEach(entries::add);
        return entries;
    }

    private static DirectoryEntry branch(Branch branch) {
        return DirectoryEntry.at(EntryKey.of(branch), branch.audience())
                .with(Attribute.OBJECT_CLASS, ObjectClasses.BRANCH)
                .with(Attribute.ORGANISATIONAL_UNIT, branch.unit())
                .build();
    }

    private static DirectoryEntry service(String name) {
        return DirectoryEntry.at(EntryKey.of(Branch.SERVICES, name), Audience.SERVICES)
                .with(Attribute.OBJECT_CLASS, ObjectClasses.SERVICE)
                .with(Attribute.UID, name)
                .build();
    }
}
