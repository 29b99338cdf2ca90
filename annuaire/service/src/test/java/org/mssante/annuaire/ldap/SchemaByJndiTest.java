package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** Java's own client, with the table it asks for, takes the published schema apart. */
@SuppressWarnings({"BanJNDI", "JdkObsolete"})
final class SchemaByJndiTest {
    @TempDir
    Path run;

    @Test
    void javaReadsTheSchemaOfTheServerAndOfAnEntry() throws NamingException, IOException {
        AnnuaireFixture fixture = new AnnuaireFixture(run);
        AnnuaireService service = fixture.start();
        LdapContext context = connect(fixture);
        try {
            for (String of : new String[] {"", LdapNames.branchDn(LdapNames.MAILBOXES)}) {
                DirContext schema = context.getSchema(of);
                assertThat(value(schema, "AttributeDefinition/TypeBAL", "EQUALITY"))
                        .isEqualTo("caseIgnoreMatch");
                assertThat(value(schema, "MatchingRule/telephoneNumberMatch", "SYNTAX"))
                        .isEqualTo("1.3.6.1.4.1.1466.115.121.1.50");
                assertThat(value(schema, "SyntaxDefinition/1.3.6.1.4.1.1466.115.121.1.50", "DESC"))
                        .isEqualTo("Telephone Number");
                assertThat(value(schema, "ClassDefinition/mssBal", "SUP")).isEqualTo("top");
            }
        } finally {
            context.close();
            service.close();
        }
    }

    private static Object value(DirContext schema, String name, String attribute) throws NamingException {
        return ((DirContext) schema.lookup(name))
                .getAttributes("")
                .get(attribute)
                .get();
    }

    private static LdapContext connect(AnnuaireFixture fixture) throws NamingException, IOException {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, "ldap://localhost:" + fixture.ldapPort());
        LdapContext context = new InitialLdapContext(environment, null);
        StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
        tls.negotiate(TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                .getSocketFactory());
        context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
        context.addToEnvironment(Context.SECURITY_PRINCIPAL, LdapNames.serviceDn("client"));
        context.addToEnvironment(Context.SECURITY_CREDENTIALS, fixture.secret("ldap-client.secret"));
        return context;
    }
}
