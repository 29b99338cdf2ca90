package org.mssante.dmp.store.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mssante.core.id.Ins;
import org.mssante.dmp.store.registry.Registration.Refused;
import org.mssante.dmp.store.registry.Registration.Registered;
import org.mssante.dmp.store.registry.Registration.RegisteredDocument;
import org.mssante.dmp.store.sql.ContentTable;
import org.mssante.dmp.store.sql.DocumentTable;
import org.mssante.dmp.store.sql.StoredDocument;
import org.mssante.dmp.store.sql.SubmissionTable;
import org.mssante.dmp.xds.ebxml.DocumentEntryWriter;
import org.mssante.dmp.xds.ebxml.EbXml;
import org.mssante.dmp.xds.ebxml.RegistryAttributes;
import org.mssante.dmp.xds.metadata.Association;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExtrinsicObjectType;

/** One submission in one transaction. What it wrote before a refusal is rolled back by the caller. */
final class RegistrationTransaction {
    private static final String UUID_PREFIX = "urn:uuid:";
    private static final Pattern UUID_URN =
            Pattern.compile("urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Connection connection;
    private final SubmissionRequest request;
    private final Ins patient;
    private final RegistrationRules rules;
    private final Instant now;
    private final String submissionUuid = UUID_PREFIX + UUID.randomUUID();
    /** The entryUUIDs of what is new, by the id in the submission. */
    private final Map<String, String> added = new HashMap<>();

    private final List<RegisteredDocument> documents = new ArrayList<>();

    RegistrationTransaction(
            Connection connection, SubmissionRequest request, Ins patient, RegistrationRules rules, Instant now) {
        this.connection = connection;
        this.request = request;
        this.patient = patient;
        this.rules = rules;
        this.now = now;
    }

    Registration run() throws SQLException {
        for (DocumentEntry entry : request.objects().entries()) {
            Optional<StoredDocument> known = DocumentTable.byUniqueId(connection, entry.uniqueId());
            Optional<Refusal> refusal = known.isPresent() ? recognise(entry, known.get()) : add(entry);
            if (refusal.isPresent()) {
                return new Refused(refusal.get());
            }
        }
        for (Association association : request.objects().associations()) {
            Optional<Refusal> refusal = associate(association);
            if (refusal.isPresent()) {
                return new Refused(refusal.get());
            }
        }
        return new Registered(patient, documents);
    }

    private Optional<Refusal> recognise(DocumentEntry entry, StoredDocument known) {
        if (!known.patient().equals(patient)) {
            return refusal(XdsError.DUPLICATE_IN_REGISTRY, "The uniqueId is that of another patient's document.");
        }
        try (InputStream content = open(entry)) {
            if (!ContentTable.hash(content).equals(known.hash())) {
                return refusal(XdsError.NON_IDENTICAL_HASH, "Other bytes are registered under this uniqueId.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        documents.add(new RegisteredDocument(entry.uniqueId(), known.hash(), known.size(), true));
        return Optional.empty();
    }

    private Optional<Refusal> add(DocumentEntry entry) throws SQLException {
        if (added.isEmpty()) {
            if (SubmissionTable.exists(
                    connection, request.objects().submissionSet().uniqueId())) {
                return refusal(XdsError.DUPLICATE_IN_REGISTRY, "The submission set's uniqueId was used before.");
            }
            SubmissionTable.insert(
                    connection, submissionUuid, request.objects().submissionSet(), patient, request.submitter(), now);
        }
        String entryUuid = UUID_URN.matcher(entry.id()).matches() ? entry.id() : UUID_PREFIX + UUID.randomUUID();
        if (DocumentTable.byEntryUuid(connection, entryUuid).isPresent()) {
            return refusal(XdsError.REPOSITORY_METADATA_ERROR, "The entryUUID is taken.");
        }
        ContentTable.Written written = write(entry, entryUuid);
        Optional<Refusal> wrong = contentRefusal(entry, written);
        if (wrong.isPresent()) {
            return wrong;
        }
        StoredDocument document = new StoredDocument(
                entryUuid,
                entry.uniqueId(),
                patient,
                Availability.APPROVED,
                entry.mimeType(),
                written.hash(),
                written.size(),
                registeredMetadata(entry, entryUuid, written));
        DocumentTable.insert(connection, document, submissionUuid, now);
        added.put(entry.id(), entryUuid);
        documents.add(new RegisteredDocument(entry.uniqueId(), written.hash(), written.size(), false));
        return Optional.empty();
    }

    private Optional<Refusal> contentRefusal(DocumentEntry entry, ContentTable.Written written) {
        if (written.size() > rules.maxDocument()) {
            return refusal(
                    XdsError.DOCUMENT_TOO_LARGE, "A document has at most " + rules.maxDocument() + " octets here.");
        }
        if (written.size() == 0) {
            return refusal(XdsError.REPOSITORY_METADATA_ERROR, "The document is empty.");
        }
        if (entry.hash().filter(hash -> !hash.equals(written.hash())).isPresent()
                || (entry.size().isPresent() && entry.size().getAsLong() != written.size())) {
            return refusal(XdsError.REPOSITORY_METADATA_ERROR, "The hash or size stated is not that of the document.");
        }
        return Optional.empty();
    }

    /** A link to a document of the registry, or between objects of this submission. */
    private Optional<Refusal> associate(Association association) throws SQLException {
        String source = added.get(association.source());
        if (source == null || association.type().equals(Association.HAS_MEMBER)) {
            // membership is a column; a link of what was there before was made before
            return Optional.empty();
        }
        String target = target(association.target());
        if (Association.REPLACEMENTS.contains(association.type())) {
            Optional<StoredDocument> old = DocumentTable.byEntryUuid(connection, target);
            if (old.filter(document -> document.patient().equals(patient)).isEmpty()) {
                return refusal(XdsError.REPOSITORY_METADATA_ERROR, "The document to replace is not there.");
            }
            if (!DocumentTable.deprecate(connection, target)) {
                return refusal(XdsError.REPLACED_NOT_IN_FORCE, "The document to replace is not in force.");
            }
        }
        DocumentTable.associate(connection, association.type(), source, target);
        return Optional.empty();
    }

    private String target(String id) {
        return id.equals(request.objects().submissionSet().id()) ? submissionUuid : added.getOrDefault(id, id);
    }

    private String registeredMetadata(DocumentEntry entry, String entryUuid, ContentTable.Written written) {
        ExtrinsicObjectType object = request.metadata().get(entry.id());
        DocumentEntryWriter.register(
                object,
                new RegistryAttributes(
                        entryUuid,
                        entryUuid,
                        Availability.APPROVED,
                        written.hash(),
                        written.size(),
                        rules.repositoryId()));
        return EbXml.toXml(object);
    }

    private ContentTable.Written write(DocumentEntry entry, String entryUuid) throws SQLException {
        try (InputStream content = open(entry)) {
            return ContentTable.write(connection, entryUuid, content, rules.maxDocument());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream open(DocumentEntry entry) throws IOException {
        return request.contents().get(entry.id()).open();
    }

    private static Optional<Refusal> refusal(XdsError error, String context) {
        return Optional.of(new Refusal(error, context));
    }
}
