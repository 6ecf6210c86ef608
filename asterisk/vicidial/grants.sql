-- What the relay may read of ViciDial's database: these tables, of the users no passwords, and nothing to write.
-- 10.0.0.5 is the relay's address. Run it as an administrator in ViciDial's database:
--   mysql asterisk < grants.sql
CREATE USER 'earshot'@'10.0.0.5' IDENTIFIED BY 'CHANGE-ME' WITH MAX_USER_CONNECTIONS 10;
GRANT SELECT ON vicidial_live_agents TO 'earshot'@'10.0.0.5';
GRANT SELECT ON vicidial_auto_calls TO 'earshot'@'10.0.0.5';
GRANT SELECT ON vicidial_closer_log TO 'earshot'@'10.0.0.5';
GRANT SELECT ON vicidial_log TO 'earshot'@'10.0.0.5';
GRANT SELECT ON recording_log TO 'earshot'@'10.0.0.5';
GRANT SELECT (user, full_name) ON vicidial_users TO 'earshot'@'10.0.0.5';
