package org.mssante.annuaire.rpps;

/** A postal address, as far as a line gives it; every part may be empty. */
public record Place(String street, String postalCode, String town, String phone) {}
