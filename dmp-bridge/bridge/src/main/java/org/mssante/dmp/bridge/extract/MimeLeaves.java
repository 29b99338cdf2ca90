package org.mssante.dmp.bridge.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.parser.ContentHandler;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.mssante.core.mail.FileNames;
import org.mssante.core.mail.XdmPackageName;
import org.mssante.core.mail.XdmSubject;

/** Collects the leaves of one mail while it is parsed. */
final class MimeLeaves implements ContentHandler {
    private static final String HEADER = Qualification.HEADER.toLowerCase(Locale.ROOT);

    private final List<MailPart> found = new ArrayList<>();
    private final Set<String> unqualified = new HashSet<>();
    private final Deque<Integer> position = new ArrayDeque<>();
    /** Of the mails around the current part, the innermost first: whether one so far says that its INS is not qualified. */
    private final Deque<Boolean> denied = new ArrayDeque<>();

    private boolean inHeaderOfMail;
    private boolean announcesDocuments;
    private final String prefix;
    private final int maxParts;
    private final int maxDepth;
    private final List<String> fileNames = new ArrayList<>();
    private String declaredType = "";
    private byte[] preamble = new byte[0];

    MimeLeaves(String prefix, int maxParts, int maxDepth) {
        this.prefix = prefix;
        this.maxParts = maxParts;
        this.maxDepth = maxDepth;
    }

    List<MailPart> found() {
        return found;
    }

    /** The paths of the parts that stand in a mail which says that its INS is not qualified. */
    Set<String> unqualified() {
        return unqualified;
    }

    /** True where the subject of the mail, or of one inside it, says that documents are there to be integrated. */
    boolean announcesDocuments() {
        return announcesDocuments;
    }

    @Override
    public void startMessage() throws MimeException {
        denied.push(isDenied());
        inHeaderOfMail = true;
        descend();
    }

    @Override
    public void endMessage() {
        denied.pop();
        position.pop();
    }

    @Override
    public void startBodyPart() {
        position.push(position.pop() + 1);
    }

    @Override
    public void endBodyPart() {}

    @Override
    public void startHeader() {
        fileNames.clear();
        declaredType = "";
    }

    @Override
    public void field(Field field) {
        String name = field.getNameLowerCase();
        if (name.equals("content-disposition") || name.equals("content-type")) {
            String body = field.getBody() == null ? "" : field.getBody();
            fileNames.addAll(name.equals("content-disposition") ? 0 : fileNames.size(), FileNames.of(body));
            if (name.equals("content-type")) {
                declaredType = body.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            }
        } else if (inHeaderOfMail && name.equals(HEADER) && field.getBody() != null) {
            boolean no = Qualification.of(List.of(field.getBody())) == Qualification.NO;
            denied.push(denied.pop() || no);
        } else if (inHeaderOfMail && name.equals("subject") && field.getBody() != null) {
            announcesDocuments |= XdmSubject.announcesDocuments(field.getBody());
        }
    }

    @Override
    public void endHeader() {
        inHeaderOfMail = false;
    }

    @Override
    public void preamble(InputStream text) throws IOException {
        preamble = text.readAllBytes();
    }

    @Override
    public void epilogue(InputStream text) {}

    @Override
    public void startMultipart(BodyDescriptor descriptor) throws MimeException {
        preamble = new byte[0];
        descend();
    }

    /** A multipart whose boundary never comes is all preamble: it is handed on as one part, not dropped. */
    @Override
    public void endMultipart() {
        if (position.pop() == 0) {
            add(new MailPart(path(), "", "multipart/mixed", preamble));
        }
    }

    @Override
    public void body(BodyDescriptor descriptor, InputStream content) throws MimeException, IOException {
        if (found.size() == maxParts) {
            throw new MimeException("more than " + maxParts + " parts");
        }
        add(new MailPart(path(), fileName(), declaredType, content.readAllBytes()));
    }

    private void add(MailPart part) {
        found.add(part);
        if (isDenied()) {
            unqualified.add(part.path());
        }
    }

    private boolean isDenied() {
        return !denied.isEmpty() && denied.peek();
    }

    /** Only a parser in raw mode calls this. */
    @Override
    public void raw(InputStream entity) {}

    /** Of several names the one that calls the part a package, else the first, those of Content-Disposition before others. */
    private String fileName() {
        return fileNames.stream()
                .filter(XdmPackageName::matches)
                .findFirst()
                .or(() -> fileNames.stream().findFirst())
                .orElse("");
    }

    private void descend() throws MimeException {
        if (position.size() >= maxDepth) {
            throw new MimeException("parts are nested too deeply");
        }
        position.push(0);
    }

    /** The root message counts nothing; a nested message is part 1 of the part that holds it. */
    private String path() {
        StringBuilder path = new StringBuilder(prefix);
        position.descendingIterator().forEachRemaining(number -> {
            if (number > 0) {
                path.append(path.isEmpty() || path.charAt(path.length() - 1) == '/' ? "" : ".")
                        .append(number);
            }
        });
        boolean whole = path.isEmpty() || path.charAt(path.length() - 1) == '/';
        return whole ? path + "1" : path.toString();
    }
}
