package org.mssante.annuaire.rpps;

import org.mssante.core.id.Rpps;

/** One line of {@code PS_LibreAcces_SavoirFaire}. Codes of several kinds collide: the kind is part of the code. */
public record Skill(Rpps rpps, String professionCode, String kind, String code, String label) {}
