#!/usr/bin/perl
# Sends what comes from one channel to an Earshot relay, from a dialplan:
#
#   same => n,EAGI(earshot-eagi.pl,RELAY:9093[,SIDE[,RELAY:9094]])
#
# SIDE is agent, caller or mixed (default: caller). The second address is the relay's HTTP door; with it the call's
# linkedid and caller number are reported, so that several legs become one call. A relay with an EARSHOT_HTTP_TOKEN wants
# it: set a dialplan variable of that name, globally or on the channel.
#
# EAGI takes the channel over until the caller hangs up or the relay closes; then the dialplan goes on. When the relay
# cannot be reached within a second the dialplan goes on at once.
#
# Perl, because a shell cannot open a connection and every Asterisk host has Perl; only modules of its core are used.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

my $CONNECT_SECONDS = 1;
my ($relay, $side, $http) = @ARGV;
defined $relay && $relay =~ /:\d+$/ or die "earshot-eagi: want RELAY:PORT as the first argument\n";
$side = 'caller' unless defined $side && $side =~ /^(agent|caller|mixed)$/;

$SIG{PIPE} = 'IGNORE';
$SIG{HUP} = sub { exit 0 };
$| = 1;

my %agi;
while (defined(my $line = <STDIN>)) {
    $line =~ s/\r?\n$//;
    last if $line eq '';
    $agi{$1} = $2 if $line =~ /^agi_(\w+): (.*)$/;
}

# The value of an expression in the dialplan, or '' where there is none.
sub dialplan {
    print "GET FULL VARIABLE $_[0]\n";
    my $answer = <STDIN>;
    return defined $answer && $answer =~ /^200 result=1 \((.*)\)\s*$/ ? $1 : '';
}

sub verbose {
    print "VERBOSE \"earshot-eagi: $_[0]\" 1\n";
    my $answer = <STDIN>;
}

sub connected {
    my ($address) = @_;
    return IO::Socket::INET->new(PeerAddr => $address, Proto => 'tcp', Timeout => $CONNECT_SECONDS);
}

sub json_text {
    my ($text) = @_;
    $text =~ s/([\\"])/\\$1/g;
    $text =~ s/([\x00-\x1f])/sprintf('\\u%04x', ord $1)/ge;
    return "\"$text\"";
}

sub describe {
    my ($uuid) = @_;
    my $linkedid = dialplan('${CHANNEL(linkedid)}');
    my @fields = ('"uuid":' . json_text($uuid), '"channel":' . json_text($side));
    push @fields, '"linkedid":' . json_text($linkedid) if $linkedid ne '';
    my $number = $agi{callerid};
    push @fields, '"caller":{"number":' . json_text($number) . '}' if defined $number && $number =~ /^[+\d]/;
    my $body = '{' . join(',', @fields) . '}';
    my $token = dialplan('${EARSHOT_HTTP_TOKEN}');
    my $authorization = $token =~ /^[\x21-\x7e]+$/ ? "Authorization: Bearer $token\r\n" : '';
    my $door = connected($http) or return verbose("no answer at $http, the leg stays without a name");
    print $door "POST /legs HTTP/1.1\r\nHost: $http\r\nConnection: close\r\n"
        . "Content-Type: application/json\r\n$authorization"
        . 'Content-Length: ' . length($body) . "\r\n\r\n$body";
    my $select = IO::Select->new($door);
    if ($select->can_read($CONNECT_SECONDS)) {
        my $status = <$door>;
        verbose("the relay does not take the description of the leg: $1")
            if defined $status && $status =~ /^HTTP\/1\.[01] ([45]\d\d)/;
    }
    close $door;
}

open my $random, '<:raw', '/dev/urandom' or die "earshot-eagi: no /dev/urandom\n";
read $random, my $id, 16;
substr($id, 6, 1) = chr(ord(substr $id, 6, 1) & 0x0f | 0x40);
substr($id, 8, 1) = chr(ord(substr $id, 8, 1) & 0x3f | 0x80);
my $uuid = join '-', unpack 'H8 H4 H4 H4 H12', $id;

my $format = dialplan('${EAGI_AUDIO_FORMAT}');
my ($type, $frame_bytes) = $format eq 'slin16' ? (0x12, 640) : (0x10, 320);

describe($uuid) if defined $http && $http =~ /:\d+$/;
my $socket = connected($relay);
if (!$socket) {
    verbose("no relay at $relay, the call goes on unheard");
    exit 0;
}
open my $audio, '<&=:raw', 3 or die "earshot-eagi: no audio on descriptor 3: call it by EAGI(), not AGI()\n";
binmode $socket;
$socket->autoflush(1);

sub frame { return pack('C n', $_[0], length $_[1]) . $_[1] }

print $socket frame(0x01, $id);
my $select = IO::Select->new($audio, $socket);
my $rest = '';
LOOP: while (my @ready = $select->can_read) {
    for my $handle (@ready) {
        if ($handle == $socket) {
            # Silence, so that a dialplan application would not hang up; its end is the relay's end.
            last LOOP unless sysread $socket, my $silence, 65_536;
        } else {
            last LOOP unless sysread $audio, $rest, 65_536, length $rest;
            while (length $rest >= $frame_bytes) {
                print $socket frame($type, substr $rest, 0, $frame_bytes, '') or last LOOP;
            }
        }
    }
}
$rest = substr $rest, 0, length($rest) & ~1;
print $socket frame($type, $rest) if length $rest;
shutdown $socket, 1;
# What the relay still sends is read, for unread bytes would make the end a reset.
while ($select->exists($socket) && IO::Select->new($socket)->can_read(1)) {
    last unless sysread $socket, my $silence, 65_536;
}
exit 0;
