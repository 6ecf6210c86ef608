#!/bin/sh
# Prints the unit of a relay that transcribes the calls while the service is renewed: it takes over from the service, which
# ends by that, is started again two seconds later in its new version, and takes over in its turn.
set -eu
sed -e 's|^Description=.*|Description=Earshot relay for the time of an upgrade|' \
  -e 's|^Restart=.*|Restart=no|' -e '/^\[Install\]/,$d' "$1"
