package org.mssante.annuaire.lifecycle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.mssante.annuaire.registry.Notice;
import org.mssante.core.id.MailAddress;

/** What a notice says, in French. */
final class NoticeText {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH).withZone(ZoneId.of("Europe/Paris"));

    private final LifeCyclePolicy policy;
    private final Optional<MailAddress> administrator;

    NoticeText(LifeCyclePolicy policy, Optional<MailAddress> administrator) {
        this.policy = policy;
        this.administrator = administrator;
    }

    String subject(Notice notice) {
        return switch (notice.kind()) {
            case FLAGGED -> "Boîte MSSanté " + notice.address() + " : situation à vérifier";
            case SUSPENDED -> "Boîte MSSanté " + notice.address() + " : suspendue";
            case CLEARED -> "Boîte MSSanté " + notice.address() + " : situation régularisée";
        };
    }

    String body(Notice notice) {
        String body = switch (notice.kind()) {
            case FLAGGED -> flagged(notice);
            case SUSPENDED ->
                "La boîte " + notice.address() + " est suspendue : " + motive(notice) + " depuis le "
                        + DAY.format(notice.since())
                        + ". Elle ne reçoit plus de messages et personne ne peut plus s'y connecter. Son contenu est "
                        + "conservé.\n\n" + whatToDo();
            case CLEARED ->
                "La boîte " + notice.address() + " n'est plus signalée : le répertoire national contient "
                        + "à nouveau son titulaire ou sa structure. Si elle a été suspendue entre-temps, elle le reste "
                        + "jusqu'à ce que l'exploitant la rouvre.";
        };
        return "Bonjour,\n\n" + body
                + "\n\nCe message est envoyé automatiquement par votre opérateur MSSanté ; merci de ne pas y répondre.\n";
    }

    private String flagged(Notice notice) {
        Optional<Instant> suspension = policy.suspension(notice.since());
        return "La boîte " + notice.address() + " est signalée depuis le " + DAY.format(notice.since()) + " : "
                + motive(notice) + ".\n\n"
                + suspension
                        .map(time -> "Sans régularisation, elle sera suspendue à partir du " + DAY.format(time)
                                + " : elle ne recevra plus de messages et personne ne pourra plus s'y connecter.")
                        .orElse("Aucune suspension n'est prévue automatiquement.")
                + "\n\n" + whatToDo();
    }

    private static String motive(Notice notice) {
        return notice.motive().french();
    }

    private String whatToDo() {
        return "Si cette information est inexacte, faites corriger l'inscription auprès de l'ordre ou de l'autorité "
                + "d'enregistrement. Si la boîte n'est plus utilisée ou change de titulaire, prévenez l'exploitant"
                + administrator.map(address -> " (" + address + ")").orElse("") + ".";
    }
}
