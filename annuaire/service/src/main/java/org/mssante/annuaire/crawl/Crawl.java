package org.mssante.annuaire.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVStoreException;
import org.mssante.core.fetch.DurableMove;
import org.mssante.core.fetch.WebClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the register from the API, page by page: what changed since the last time where that can be known, else everything. A reading
 * that is broken off is gone on with. Not thread-safe.
 */
public final class Crawl {
    private static final Logger LOGGER = LoggerFactory.getLogger(Crawl.class);
    private static final int BETWEEN_WORDS = 100;
    /** Places that a server may forget within one reading. */
    private static final int MOST_LOST = 3;

    private final FhirApi api;
    private final CrawlRules rules;
    private final FhirPages pages;
    private final Path folder;
    private final Clock clock;

    /** @param folder of what is kept, on the disk of the editions */
    public Crawl(FhirApi api, CrawlRules rules, WebClient web, Path folder, Clock clock) {
        this.api = api;
        this.rules = rules;
        this.pages = new FhirPages(api, web);
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Reads, and writes a new edition where it differs from the last one.
     *
     * @param edition takes the place of the last one, whole
     * @return false where nothing has changed
     * @throws KeyRefusedException where the API refuses our key
     */
    public boolean read(Path edition) throws IOException {
        Path file = folder.resolve("fhir.kept");
        try (KeptRegister kept = KeptRegister.open(file, api.base())) {
            read(kept, begin(kept));
            if (!kept.isUnwritten() && Files.exists(edition)) {
                return false;
            }
            Path draft = folder.resolve("fhir.part");
            new Edition(kept).write(draft);
            DurableMove.replace(draft, edition);
            kept.written();
            return true;
        } catch (MVStoreException e) {
            KeptRegister.forget(file, e);
            throw new IOException("what was read before cannot be read any more, everything is read anew", e);
        }
    }

    private KeptRegister.Progress begin(KeptRegister kept) {
        Instant now = clock.instant();
        Instant horizon = now.minus(rules.lookBack());
        Optional<KeptRegister.Progress> left = kept.progress()
                .filter(progress -> progress.whole()
                        ? progress.began().isAfter(horizon)
                        : progress.since().isAfter(horizon));
        if (left.isPresent()) {
            return left.get();
        }
        Optional<Instant> since =
                kept.last().map(last -> last.minus(rules.overlap())).filter(last -> last.isAfter(horizon));
        boolean wholeIsDue = kept.whole()
                .map(whole -> !whole.plus(rules.whole()).isAfter(now))
                .orElse(true);
        KeptRegister.Progress first = since.isEmpty() || wholeIsDue
                ? KeptRegister.Progress.whole(now)
                : KeptRegister.Progress.changes(now, since.get());
        kept.begin(first);
        return first;
    }

    private void read(KeptRegister kept, KeptRegister.Progress from) throws IOException {
        LOGGER.info(
                "reading {} from the national API, beginning at page {} of {}",
                from.whole() ? "everything" : "what has changed since " + from.since(),
                from.pages() + 1,
                from.kind().resource());
        KeptRegister.Progress progress = from;
        for (Kind kind : EnumSet.range(from.kind(), Kind.ROLE)) {
            if (kind != progress.kind()) {
                progress = progress.at(kind);
                kept.begin(progress);
            }
            progress = readKind(kept, progress);
        }
        kept.end(progress);
    }

    private KeptRegister.Progress readKind(KeptRegister kept, KeptRegister.Progress from) throws IOException {
        int lost = 0;
        KeptRegister.Progress progress = from;
        // a kind none of whose pages are left, and one that was not begun, look alike but for the pages that were read
        while (progress.pages() == 0 || progress.place().isPresent()) {
            try {
                progress = readPage(kept, progress);
            } catch (LostPlaceException e) {
                if (progress.place().isEmpty() || ++lost > MOST_LOST) {
                    throw e;
                }
                LOGGER.warn("{} is read from its beginning: {}", progress.kind().resource(), e.getMessage());
                progress = progress.at(progress.kind());
                kept.begin(progress);
            }
        }
        if (progress.resources() < progress.total()) {
            kept.begin(progress.at(progress.kind()));
            throw new IOException("it sent " + progress.resources() + " of " + progress.total() + " "
                    + progress.kind().resource());
        }
        return progress;
    }

    private KeptRegister.Progress readPage(KeptRegister kept, KeptRegister.Progress progress) throws IOException {
        Kind kind = progress.kind();
        Page page = pages.get(
                progress.place()
                        .orElseGet(() -> progress.whole() ? pages.all(kind) : pages.changed(kind, progress.since())),
                kind);
        KeptRegister.Progress behind = progress.behind(page);
        hold(kept, behind);
        kept.take(resources(page, kind), kind, behind);
        if (behind.pages() % BETWEEN_WORDS == 0) {
            LOGGER.info("{} pages of {} have been read", behind.pages(), kind.resource());
        }
        return behind;
    }

    /** One that is not active any more is one that is not there (annuaire.md §4.6). */
    private static Map<String, Optional<String>> resources(Page page, Kind kind) throws IOException {
        Map<String, Optional<String>> resources = new LinkedHashMap<>();
        for (JsonNode resource : page.resources()) {
            String id = resource.path("id").asText();
            if (id.isEmpty()) {
                throw new IOException("it sent a " + kind.resource() + " without an identifier");
            }
            boolean there = resource.path("active").asBoolean(true);
            resources.put(id, there ? Optional.of(ResourceReader.text(kind, resource)) : Optional.empty());
        }
        return resources;
    }

    /** A reading beyond its limits is not gone on with. */
    private void hold(KeptRegister kept, KeptRegister.Progress progress) throws IOException {
        if (progress.pages() > rules.maxPages()) {
            kept.giveUp();
            throw new IOException("it has more than " + rules.maxPages() + " pages of "
                    + progress.kind().resource());
        }
        if (progress.octets() > rules.maxBytes()) {
            kept.giveUp();
            throw new IOException("it is larger than " + rules.maxBytes() + " bytes");
        }
        if (Files.getFileStore(folder).getUsableSpace() < rules.diskReserve()) {
            throw new IOException("there is no room on the disk");
        }
    }
}
