/**
 * The tables of ViciDial that the relay reads, with the columns, types and indexes that ViciDial documents for them
 * (extras/MySQL_AST_CREATE_tables.sql), as far as a call and its agent touch them.
 */
const lead = 'lead_id INT UNSIGNED NOT NULL';
const phone = 'phone_code VARCHAR(10), phone_number VARCHAR(18)';
const logged = `${lead}, list_id BIGINT UNSIGNED, call_date DATETIME, start_epoch INT UNSIGNED, end_epoch INT UNSIGNED,
  length_in_sec INT, status VARCHAR(6), ${phone}, user VARCHAR(20), comments VARCHAR(255), processed ENUM('Y', 'N'),
  user_group VARCHAR(20), called_count SMALLINT UNSIGNED DEFAULT 0, INDEX (lead_id), INDEX (call_date)`;

export const VICIDIAL_TABLES: Readonly<Record<string, string>> = {
  vicidial_live_agents: `live_agent_id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, user VARCHAR(20),
    server_ip VARCHAR(15) NOT NULL, conf_exten VARCHAR(20), extension VARCHAR(100),
    status ENUM('READY', 'QUEUE', 'INCALL', 'PAUSED', 'CLOSER', 'MQUEUE') DEFAULT 'PAUSED', ${lead},
    campaign_id VARCHAR(8), uniqueid VARCHAR(20), callerid VARCHAR(20), channel VARCHAR(100),
    random_id INT UNSIGNED, last_call_time DATETIME, last_update_time TIMESTAMP, last_call_finish DATETIME,
    closer_campaigns TEXT, call_server_ip VARCHAR(15), user_level TINYINT UNSIGNED DEFAULT 0, comments VARCHAR(20),
    calls_today SMALLINT UNSIGNED DEFAULT 0, last_state_change DATETIME, pause_code VARCHAR(6) DEFAULT '',
    INDEX (random_id), INDEX (last_call_time), INDEX (last_update_time), INDEX (last_call_finish)`,
  vicidial_auto_calls: `auto_call_id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, server_ip VARCHAR(15) NOT NULL,
    campaign_id VARCHAR(20),
    status ENUM('SENT', 'RINGING', 'LIVE', 'XFER', 'PAUSED', 'CLOSER', 'BUSY', 'DISCONNECT', 'IVR') DEFAULT 'PAUSED',
    ${lead}, uniqueid VARCHAR(20), callerid VARCHAR(20), channel VARCHAR(100), ${phone}, call_time DATETIME,
    call_type ENUM('IN', 'OUT', 'OUTBALANCE') DEFAULT 'OUT', stage VARCHAR(20) DEFAULT 'START',
    last_update_time TIMESTAMP, queue_position SMALLINT UNSIGNED DEFAULT 1,
    INDEX (uniqueid), INDEX (callerid), INDEX (call_time), INDEX (last_update_time)`,
  vicidial_log: `uniqueid VARCHAR(20) PRIMARY KEY NOT NULL, campaign_id VARCHAR(8), ${logged},
    term_reason ENUM('CALLER', 'AGENT', 'QUEUETIMEOUT', 'ABANDON', 'AFTERHOURS', 'NONE', 'SYSTEM') DEFAULT 'NONE',
    alt_dial VARCHAR(6) DEFAULT 'NONE'`,
  vicidial_closer_log: `closecallid INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, campaign_id VARCHAR(20), ${logged},
    queue_seconds DECIMAL(7, 2) DEFAULT 0, xfercallid INT UNSIGNED,
    term_reason ENUM('CALLER', 'AGENT', 'QUEUETIMEOUT', 'ABANDON', 'AFTERHOURS', 'HOLDRECALLXFER', 'HOLDTIME',
      'NOAGENT', 'NONE', 'MAXCALLS', 'ACFILTER', 'CLOSETIME') DEFAULT 'NONE',
    uniqueid VARCHAR(20) NOT NULL DEFAULT '', agent_only VARCHAR(20) DEFAULT '',
    queue_position SMALLINT UNSIGNED DEFAULT 1, INDEX (campaign_id), INDEX (uniqueid)`,
  vicidial_users: `user_id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, user VARCHAR(20) NOT NULL, pass VARCHAR(100) NOT NULL,
    full_name VARCHAR(50), user_level TINYINT UNSIGNED DEFAULT 1, user_group VARCHAR(20), UNIQUE INDEX user (user)`,
  recording_log: `recording_id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, channel VARCHAR(100), server_ip VARCHAR(15),
    extension VARCHAR(100), start_time DATETIME, start_epoch INT UNSIGNED, end_time DATETIME, end_epoch INT UNSIGNED,
    length_in_sec MEDIUMINT UNSIGNED, length_in_min DOUBLE(8, 2), filename VARCHAR(100), location VARCHAR(255),
    lead_id INT UNSIGNED, user VARCHAR(20), vicidial_id VARCHAR(20),
    INDEX (filename), INDEX (lead_id), INDEX (user), INDEX (vicidial_id)`,
};
