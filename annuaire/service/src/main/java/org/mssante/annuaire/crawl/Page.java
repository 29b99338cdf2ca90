package org.mssante.annuaire.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a search.
 *
 * @param next empty on the last one
 * @param total of all pages, where the server says it
 */
record Page(List<JsonNode> resources, Optional<URI> next, OptionalLong total, long octets) {}
