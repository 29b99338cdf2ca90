package org.mssante.annuaire.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mailbox second-factor}: whether a person proves himself by a code, too. */
@Command(
        name = "second-factor",
        description = "The second factor of a mailbox of type PER.",
        subcommands = {
            SecondFactorCommand.ShowCommand.class,
            SecondFactorCommand.BeginCommand.class,
            SecondFactorCommand.ConfirmCommand.class,
            SecondFactorCommand.ResetCommand.class
        })
final class SecondFactorCommand {
    private static final String SECOND_FACTOR = "second-factor";

    @Command(name = "show", description = "Says whether it is on, begun (no code was entered yet) or off.")
    static final class ShowCommand extends MailboxCommand.OnMailbox {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return look(annuaire, SECOND_FACTOR);
        }
    }

    @Command(
            name = "begin",
            description =
                    "Gives out a secret for the authenticator app of the holder, who is there, and prints it, this once; "
                            + "it counts once \"confirm\" has seen a code of it.")
    static final class BeginCommand extends MailboxCommand.Deed {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, Map.of(), SECOND_FACTOR, "begin");
        }
    }

    @Command(
            name = "confirm",
            description =
                    "Switches it on by a first code: from then on the holder's own password opens no mail client; "
                            + "each gets an app password.")
    static final class ConfirmCommand extends MailboxCommand.Deed {
        @Parameters(paramLabel = "CODE", description = "What the authenticator app shows.")
        private String code;

        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, Map.of("code", code), SECOND_FACTOR, "confirm");
        }
    }

    @Command(
            name = "reset",
            description =
                    "Takes it off, where its holder has lost what shows the codes; make sure that it is he who asks. "
                            + "App passwords stay.")
    static final class ResetCommand extends MailboxCommand.Deed {
        @Override
        JsonNode ask(AnnuaireSocket annuaire) {
            return act(annuaire, Map.of(), SECOND_FACTOR, "reset");
        }
    }
}
