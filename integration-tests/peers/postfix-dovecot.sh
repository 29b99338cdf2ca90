#!/bin/sh
# Postfix and Dovecot as Debian ships them (LMTP between them, maildir, default fsync) as a peer to measure against, on
# loopback and unprivileged ports, all its files below one folder.
#
#   postfix-dovecot.sh up DIR [BASE]    sets it up where DIR is empty, starts it, prints how to compare with it;
#                                       ports BASE+25 (plain), BASE+587 (STARTTLS), BASE+465 and BASE+993 (TLS); BASE 12000
#   postfix-dovecot.sh down DIR         stops it; the folder stays
#
# Must be run by root, as both servers must. Nothing outside DIR changes but the packages that are missing.
set -eu

fail() {
    echo "$1" >&2
    exit 1
}

usage="usage: $0 up DIR [BASE] | down DIR"
action=${1:-}
[ $# -ge 2 ] || fail "$usage"
mkdir -p "$2"
dir=$(cd "$2" && pwd)
base=${3:-12000}
domain=peer.example
mailboxes="alice bob carol dave"

[ "$(id -u)" = 0 ] || fail "Postfix and Dovecot are started by root: run this as root."

install_packages() {
    if command -v postfix >/dev/null 2>&1 && command -v dovecot >/dev/null 2>&1 && [ -x /usr/lib/dovecot/lmtp ]; then
        return
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        postfix dovecot-core dovecot-imapd dovecot-lmtpd openssl >/dev/null
}

write_certificate() {
    openssl req -x509 -newkey rsa:3072 -nodes -days 365 -subj "/CN=localhost" \
        -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
        -keyout "$dir/etc/key.pem" -out "$dir/etc/cert.pem" 2>/dev/null
    chmod 600 "$dir/etc/key.pem"
}

write_accounts() {
    umask 077
    : >"$dir/accounts"
    : >"$dir/etc/passwd"
    umask 022
    : >"$dir/etc/mailboxes"
    for name in $mailboxes; do
        password=$(openssl rand -hex 12)
        echo "$name@$domain:$password" >>"$dir/accounts"
        echo "$name@$domain:{PLAIN}$password" >>"$dir/etc/passwd"
        echo "$name@$domain OK" >>"$dir/etc/mailboxes"
    done
    chown dovecot "$dir/etc/passwd"
}

write_postfix() {
    cat >"$dir/etc/main.cf" <<END
compatibility_level = 3.6
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
queue_directory = $dir/queue
data_directory = $dir/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = $dir/log/postfix.log
maillog_file_prefixes = $dir
myhostname = localhost
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.1/32
alias_maps =
alias_database =
virtual_mailbox_domains = $domain
virtual_mailbox_maps = texthash:$dir/etc/mailboxes
virtual_transport = lmtp:unix:$dir/socket/lmtp
smtpd_tls_cert_file = $dir/etc/cert.pem
smtpd_tls_key_file = $dir/etc/key.pem
smtpd_sasl_type = dovecot
smtpd_sasl_path = $dir/socket/auth
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
END
    submission="-o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject"
    cat >"$dir/etc/master.cf" <<END
127.0.0.1:$((base + 25)) inet n - n - - smtpd
127.0.0.1:$((base + 587)) inet n - n - - smtpd -o smtpd_tls_security_level=encrypt $submission
127.0.0.1:$((base + 465)) inet n - n - - smtpd -o smtpd_tls_wrappermode=yes $submission
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
END
}

write_dovecot() {
    cat >"$dir/etc/dovecot.conf" <<END
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/log/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <$dir/etc/cert.pem
ssl_key = <$dir/etc/key.pem
mail_location = maildir:$dir/mail/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = $dir/etc/passwd
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$dir/mail/%u
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = $((base + 993))
    ssl = yes
  }
}
service lmtp {
  unix_listener $dir/socket/lmtp {
    mode = 0666
  }
}
service auth {
  unix_listener $dir/socket/auth {
    mode = 0666
  }
}
END
}

set_up() {
    mkdir -p "$dir/etc" "$dir/queue" "$dir/data" "$dir/log" "$dir/socket" "$dir/run" "$dir/state" "$dir/mail"
    chown mail:mail "$dir/mail"
    chown postfix "$dir/data"
    echo "$base" >"$dir/etc/base"
    write_certificate
    write_accounts
    write_postfix
    write_dovecot
}

case $action in
    up)
        install_packages
        [ -f "$dir/etc/base" ] || set_up
        base=$(cat "$dir/etc/base")
        dovecot -c "$dir/etc/dovecot.conf"
        postfix -c "$dir/etc" start
        cat <<END
Postfix and Dovecot are up. To compare:
  ./mssante bench smtp --vs 127.0.0.1:$((base + 465)) --vs-imap 127.0.0.1:$((base + 993)) --vs-name postfix+dovecot \\
      --vs-accounts $dir/accounts --vs-anchors $dir/etc/cert.pem
END
        ;;
    down)
        postfix -c "$dir/etc" stop
        doveadm -c "$dir/etc/dovecot.conf" stop
        ;;
    *) fail "$usage" ;;
esac
