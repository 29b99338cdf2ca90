package org.mssante.dmp.xds.metadata;

import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.Oid;

/**
 * An identifier with its authority, HL7 CX: {@code INS^^^&OID&ISO^NH}, kept whole. The DMP uses CX.5 (the type) and may
 * add CX.7 (effective date), so two identifiers are compared by {@link #names(Cx)}, never by their text. May hold a
 * patient identifier: {@link #toString()} masks it.
 *
 * @param text the escaped HL7 text, blanks normalised; never empty
 */
public record Cx(String text) {
    /** CX.5 of an INS (identité nationale de santé). */
    public static final String INS_TYPE = "NH";
    /** CX.5 of an identifier given by an establishment (IPP). */
    public static final String LOCAL_TYPE = "PI";

    private static final int SHOWN = 5;

    public Cx {
        text = Blanks.single(text);
        if (Hl7Text.plain(text, 1).isEmpty()) {
            throw new InvalidMetadataException("an identifier (CX) has an id in its first component");
        }
    }

    public static Cx of(Ins ins) {
        return new Cx(ins.cx());
    }

    /** @param type CX.5, e.g. {@link #LOCAL_TYPE}; empty for none */
    public static Cx of(String id, String authority, String type) {
        return new Cx(Hl7Text.join(Hl7Text.escape(id), "", "", Hl7Text.hd(authority), Hl7Text.escape(type)));
    }

    public String id() {
        return Hl7Text.plain(text, 1);
    }

    /** The OID of the assigning authority; empty where the text has none. */
    public String authority() {
        return Hl7Text.authority(text, 4);
    }

    /** CX.5: {@code NH}, {@code PI}, …; empty where the text has none. */
    public String type() {
        return Hl7Text.plain(text, 5);
    }

    /** True where both name the same thing: id and authority agree, whatever the other components say. */
    public boolean names(Cx other) {
        return id().equals(other.id()) && authority().equals(other.authority());
    }

    /** The INS this identifier is; empty where it has not the shape of one. */
    public Optional<Ins> ins() {
        try {
            return Optional.of(new Ins(id(), new Oid(authority())));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        String id = id();
        String tail = id.length() > SHOWN ? id.substring(id.length() - SHOWN) : "";
        return "**********" + tail + "^^^&" + authority() + "&ISO";
    }
}
