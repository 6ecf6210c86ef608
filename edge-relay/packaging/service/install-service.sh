#!/bin/sh
# Makes a systemd service of the relay that `npm install --global` installed, as root: user, settings, unit. Run again,
# it renews the unit and leaves the settings alone. `install-service.sh remove` removes the service again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
settings=/etc/earshot-relay.env
unit=/etc/systemd/system/earshot-relay.service
upgrade=/etc/systemd/system/earshot-relay-upgrade.service

systemd() { if [ -d /run/systemd/system ]; then systemctl "$@"; fi; }

if [ "${1:-}" = remove ]; then
  systemd disable --now earshot-relay
  rm -f "$unit" "$upgrade"
  systemd daemon-reload
  echo "The service is removed. Delete $settings and /var/lib/earshot (events not sent yet) if you no longer need them."
  exit 0
fi

command=$(command -v earshot-relay) || {
  echo "The command earshot-relay is not in the PATH: install the relay with npm install --global first." >&2
  exit 1
}
sh "$here/make-user.sh"
[ -e "$settings" ] || install -o root -g earshot -m 0640 "$here/relay.env.example" "$settings"
sed "s|^ExecStart=/usr/bin/earshot-relay|ExecStart=$command|" "$here/earshot-relay.service" > "$unit"
sh "$here/make-upgrade-unit.sh" "$unit" > "$upgrade"
chmod 0644 "$unit" "$upgrade"
systemd daemon-reload
echo "Fill in $settings, then run: earshot-relay doctor, and: systemctl enable --now earshot-relay"
