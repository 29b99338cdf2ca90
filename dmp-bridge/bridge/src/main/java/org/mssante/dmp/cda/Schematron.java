package org.mssante.dmp.cda;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.Source;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.s9api.Axis;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmNodeKind;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.s9api.XsltTransformer;
import org.mssante.core.settings.StartupFailure;

/**
 * A schematron of the operator's, compiled once: an {@code .sch}, or the style sheet it was compiled to ({@code .xsl},
 * {@code .xslt}), which gives a report in SVRL (ISO/IEC 19757-3). It runs on one document at a time, on a thread of its own:
 * a document that is larger, takes longer, or comes while another that took too long still runs, is noted as not looked at.
 * Thread-safe.
 */
public final class Schematron implements FormReport {
    private static final String PIPELINE = "/xslt/2.0/pipeline-for-svrl.xsl";
    private static final String SVRL = "http://purl.oclc.org/dsdl/svrl";
    private static final List<QName> FINDINGS =
            List.of(new QName(SVRL, "failed-assert"), new QName(SVRL, "successful-report"));
    private static final QName ID = new QName("id");
    private static final QName TEST = new QName("test");
    private static final QName LOCATION = new QName("location");
    /** {@code Q{urn:hl7-org:v3}title} and {@code *:title[namespace-uri()='…']}: the name is enough. */
    private static final Pattern NAMESPACE = Pattern.compile("Q\\{[^}]*\\}|\\[namespace-uri\\(\\)=[^\\]]*\\]|\\*:");

    private final String name;
    private final Processor processor;
    private final XsltExecutable rules;
    private final Limits limits;
    private final ThreadPoolExecutor runner;
    /** The document that was left aside last; guarded by this. Its run may still go on. */
    private Optional<Run> late = Optional.empty();

    /**
     * What one document may cost.
     *
     * @param time until it is left aside
     * @param bytes of the largest file that is looked at
     * @param findings told by name; the rest is counted
     */
    public record Limits(Duration time, int bytes, int findings) {}

    private Schematron(String name, Processor processor, XsltExecutable rules, Limits limits) {
        this.name = name;
        this.processor = processor;
        this.rules = rules;
        this.limits = limits;
        this.runner = new ThreadPoolExecutor(0, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "schematron");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws StartupFailure where the file cannot be read or compiled */
    public static Schematron open(Path file, Limits limits) {
        Processor processor = processor("file,jar");
        try {
            Source source = new StreamSource(file.toFile());
            String name = file.getFileName().toString();
            XsltCompiler compiler = processor.newXsltCompiler();
            compiler.setErrorList(new ArrayList<>());
            XsltExecutable rules = name.toLowerCase(Locale.ROOT).endsWith(".sch")
                    ? compiler.compile(expanded(compiler, source).asSource())
                    : compiler.compile(source);
            // a document brings no addresses of its own: what the rules read lies beside them
            processor.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, "file");
            return new Schematron(name, processor, rules, limits);
        } catch (SaxonApiException e) {
            throw new StartupFailure(
                    "The schematron " + file + " cannot be read or compiled (" + e.getMessage()
                            + "): correct documents.schematron, or leave it empty.",
                    e);
        }
    }

    private static Processor processor(String protocols) {
        Processor processor = new Processor(false);
        processor.setConfigurationProperty(Feature.ALLOWED_PROTOCOLS, protocols);
        processor.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        return processor;
    }

    /** The style sheet of an .sch, by SchXslt. Relative addresses in it stay relative to the .sch. */
    private static XdmNode expanded(XsltCompiler compiler, Source schema) throws SaxonApiException {
        URL pipeline = Schematron.class.getResource(PIPELINE);
        if (pipeline == null) {
            throw new IllegalStateException("SchXslt is not on the class path");
        }
        XsltTransformer transformer =
                compiler.compile(new StreamSource(pipeline.toString())).load();
        XdmDestination sheet = new XdmDestination();
        sheet.setBaseURI(URI.create(schema.getSystemId()));
        transformer.setSource(schema);
        transformer.setDestination(sheet);
        transformer.transform();
        return sheet.getXdmNode();
    }

    @Override
    public Optional<String> of(byte[] bytes) {
        if (bytes.length > limits.bytes()) {
            return Optional.of(name + ": not looked at, the file is larger than " + limits.bytes() + " octets");
        }
        synchronized (this) {
            if (late.filter(Run::goesOn).isPresent()) {
                return Optional.of(name + ": not looked at, another document takes too long");
            }
            Run run = new Run(bytes);
            return result(run, runner.submit(run));
        }
    }

    /** One document's; it is known to have ended even where nobody waited for it. */
    private final class Run implements Callable<List<String>> {
        private final byte[] bytes;
        private volatile boolean begun;
        private volatile boolean ended;

        Run(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean goesOn() {
            return begun && !ended;
        }

        @Override
        public List<String> call() throws SaxonApiException, XMLStreamException {
            begun = true;
            try {
                return findings(bytes);
            } finally {
                ended = true;
            }
        }
    }

    /** Waits with the lock held: the others wait for their turn. */
    private Optional<String> result(Run run, Future<List<String>> found) {
        try {
            return words(found.get(limits.time().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            late = Optional.of(run);
            found.cancel(true);
            return Optional.of(name + ": not looked at, it takes longer than " + limits.time());
        } catch (ExecutionException e) {
            return Optional.of(name + ": not looked at, it failed ("
                    + e.getCause().getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(name + ": not looked at, the bridge ends");
        }
    }

    private Optional<String> words(List<String> findings) {
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        String first = findings.stream().limit(limits.findings()).collect(Collectors.joining("; "));
        return Optional.of(name + ": " + findings.size() + " findings: " + first
                + (findings.size() > limits.findings() ? "; …" : ""));
    }

    private List<String> findings(byte[] bytes) throws SaxonApiException, XMLStreamException {
        XMLStreamReader xml = CdaReader.xml(bytes);
        try {
            XsltTransformer transformer = rules.load();
            XdmDestination report = new XdmDestination();
            transformer.setSource(
                    processor.newDocumentBuilder().build(new StAXSource(xml)).asSource());
            transformer.setDestination(report);
            transformer.setMessageHandler(message -> {});
            transformer.transform();
            List<String> findings = new ArrayList<>();
            report.getXdmNode().axisIterator(Axis.DESCENDANT).forEachRemaining(node -> {
                if (node.getNodeKind() == XdmNodeKind.ELEMENT && FINDINGS.contains(node.getNodeName())) {
                    findings.add(finding(node));
                }
            });
            return findings;
        } finally {
            xml.close();
        }
    }

    /** Rule and place, not the text: that may quote the document. */
    private static String finding(XdmNode finding) {
        String rule = Optional.ofNullable(finding.getAttributeValue(ID))
                .orElse(Optional.ofNullable(finding.getAttributeValue(TEST)).orElse("?"));
        String place = Optional.ofNullable(finding.getAttributeValue(LOCATION)).orElse("?");
        return rule + " at " + NAMESPACE.matcher(place).replaceAll("");
    }
}
