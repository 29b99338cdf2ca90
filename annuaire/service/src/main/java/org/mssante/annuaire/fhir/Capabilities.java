package org.mssante.annuaire.fhir;

import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import ca.uhn.fhir.util.FhirTerser;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.StringType;

/** The CapabilityStatement: HAPI's, less what is not served here, with what HAPI cannot know. */
final class Capabilities extends ServerCapabilityStatementProvider {
    private final Map<String, Served> served;

    Capabilities(RestfulServer server, List<Served> served) {
        super(server);
        setRestResourceRevIncludesEnabled(false);
        this.served = served.stream()
                .collect(Collectors.toMap(one -> one.getResourceType().getSimpleName(), Function.identity()));
    }

    @Override
    protected void postProcess(FhirTerser terser, IBaseConformance statement) {
        CapabilityStatement capabilities = (CapabilityStatement) statement;
        capabilities.setName("MssanteAnnuaire").setTitle("MSSante annuaire").setPublisher(null);
        capabilities.getFormat().removeIf(format -> !format.getValue().contains("json"));
        List<CapabilityStatementRestResourceComponent> resources =
                capabilities.getRestFirstRep().getResource();
        resources.removeIf(resource -> !served.containsKey(resource.getType()));
        for (CapabilityStatementRestResourceComponent resource : resources) {
            Served one = served.get(resource.getType());
            resource.addSupportedProfile(one.profile());
            resource.setSearchInclude(texts(one.includes()));
            resource.setSearchRevInclude(texts(one.reverseIncludes()));
        }
    }

    private static List<StringType> texts(List<String> values) {
        return values.stream().map(StringType::new).toList();
    }
}
