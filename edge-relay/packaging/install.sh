#!/bin/sh
# Installs the relay that lies beside this script, as root: sh install.sh
# Again with a newer one, it replaces the program and leaves the settings alone. `sh install.sh remove` takes it out.
set -eu
from=$(cd "$(dirname "$0")" && pwd)
program=/opt/earshot-relay
settings=/etc/earshot-relay.env
unit=/etc/systemd/system/earshot-relay.service
command=/usr/local/bin/earshot-relay

systemd() { if [ -d /run/systemd/system ]; then systemctl "$@"; fi; }

if [ "${1:-}" = remove ]; then
  systemd disable --now earshot-relay
  rm -rf "$program" "$unit" "$command"
  systemd daemon-reload
  echo "The relay is gone. $settings and /var/lib/earshot (events that were not sent yet) are yours to delete."
  exit 0
fi

node --version >/dev/null 2>&1 || { echo "Node.js 22.12 or later is missing: see docs/relay.md, Install it." >&2; exit 1; }
[ -d "$from/node_modules/lmdb" ] || { echo "Run 'npm install' in $from first, for the packages with native code." >&2; exit 1; }
getent passwd earshot >/dev/null || useradd --system --user-group --home-dir /var/lib/earshot --shell /usr/sbin/nologin earshot
# On a machine with Asterisk: its recordings are readable for its group.
if getent group asterisk >/dev/null; then usermod -aG asterisk earshot; fi
install -d -o earshot -g earshot -m 0750 /var/lib/earshot

rm -rf "$program.new"
cp -R "$from" "$program.new"
chown -R root:root "$program.new"
rm -rf "$program"
mv "$program.new" "$program"

[ -e "$settings" ] || install -o root -g earshot -m 0640 "$from/relay.env.example" "$settings"
install -D -m 0644 "$from/earshot-relay.service" "$unit"
cat > "$command" <<'COMMAND'
#!/bin/sh
# The relay's command line, as the user and with the settings that the service has.
exec runuser -u earshot -- env EARSHOT_CONFIG_FILE=/etc/earshot-relay.env node /opt/earshot-relay/earshot-relay.mjs "$@"
COMMAND
chmod 0755 "$command"
systemd daemon-reload
echo "Now fill in $settings, then: earshot-relay doctor, and systemctl enable --now earshot-relay"
