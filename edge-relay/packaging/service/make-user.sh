#!/bin/sh
# Creates the service's user and the folder of its spool, as root. Changes nothing where they exist.
set -eu
getent passwd earshot >/dev/null ||
  useradd --system --user-group --home-dir /var/lib/earshot --shell /usr/sbin/nologin earshot
# On a machine with Asterisk: its group may read its recordings.
if getent group asterisk >/dev/null; then usermod -aG asterisk earshot; fi
install -d -o earshot -g earshot -m 0750 /var/lib/earshot
