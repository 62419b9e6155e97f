BEGIN TRANSACTION;
CREATE TABLE "annotations" ("key" text primary key, "state" text not null, "grafana_id" bigint, "start_ms" bigint not null, "end_ms" bigint, "text" text not null, "tags" text not null, "dirty" integer not null, "updated_at_ms" bigint not null);
INSERT INTO "annotations" VALUES('sentinel-1','created',7,1795262400000,NULL,'error ratio of checkout','["sentinel:anomaly","service:checkout"]',0,1795262400000);
CREATE TABLE "anomalies" ("id" text primary key, "tenant" text not null, "service" text not null, "signal" text not null, "series_id" text not null, "state" text not null, "border" text not null, "start_ms" bigint not null, "end_ms" bigint not null, "peak_score" double precision not null, "search" text not null, "body" text not null);
INSERT INTO "anomalies" VALUES('00000000000000000000000000000001','','checkout','traces','00f1a2b3c4d5e6f7','open','notice',1795262400000,1795262420000,8.3,'error ratio of checkout rose to 14.2%; expected 0.1% to 0.9%.
checkout

post /orders

','{"id":"00000000000000000000000000000001","series":{"id":"00f1a2b3c4d5e6f7","tenant":"","signal":"traces","measure":"error_ratio","service":"checkout","namespace":"shop","environment":"production","operation":"POST /orders","attributes":{}},"state":"open","border":"notice","startMs":1795262400000,"peakMs":1795262410000,"endMs":1795262420000,"stepMs":10000,"observed":0.142,"expected":0.004,"lower":0.001,"upper":0.009,"peakScore":8.3,"direction":"up","reasons":[{"detector":"robust","score":8.3,"agreed":true,"text":"far from the median"}],"exampleTraceIds":["0af7651916cd43dd8448eb211c80319c"],"exampleLines":["payment of *** failed"],"detectorVersion":"1","sentence":"Error ratio of checkout rose to 14.2%; expected 0.1% to 0.9%.","detectedAtMs":1795262412000}');
INSERT INTO "anomalies" VALUES('00000000000000000000000000000002','','checkout','metrics','00f1a2b3c4d5e6f7','closed','notice',1795262400000,1795262420000,8.3,'error ratio of checkout rose to 14.2%; expected 0.1% to 0.9%.
checkout
http.server.duration
post /orders

','{"id":"00000000000000000000000000000002","series":{"id":"00f1a2b3c4d5e6f7","tenant":"","signal":"metrics","measure":"rate","service":"checkout","namespace":"shop","environment":"production","operation":"POST /orders","attributes":{"route":"/a"},"metric":"http.server.duration","unit":"s"},"state":"closed","border":"notice","startMs":1795262400000,"peakMs":1795262410000,"endMs":1795262420000,"stepMs":10000,"observed":0.142,"expected":0.004,"lower":0.001,"upper":null,"peakScore":8.3,"direction":"up","reasons":[{"detector":"robust","score":8.3,"agreed":true,"text":"far from the median"}],"exampleTraceIds":["0af7651916cd43dd8448eb211c80319c"],"exampleLines":["payment of *** failed"],"detectorVersion":"1","sentence":"Error ratio of checkout rose to 14.2%; expected 0.1% to 0.9%.","detectedAtMs":1795262412000}');
CREATE TABLE "changes" ("id" text primary key, "tenant" text not null, "kind" text not null, "service" text not null, "environment" text not null, "time_ms" bigint not null, "from_value" text not null, "to_value" text not null, "source" text not null);
INSERT INTO "changes" VALUES('deploy-1','','deploy','payment','production',1795262400000,'2.4.0','2.4.1','resource');
CREATE TABLE "feedback" ("id" text primary key, "state" text not null, "series_id" text not null, "created_at_ms" bigint not null, "body" text not null);
INSERT INTO "feedback" VALUES('f1','accepted','00f1a2b3c4d5e6f7',1795262400000,'{"id":"f1","verdict":"expected","state":"accepted","seriesId":"00f1a2b3c4d5e6f7"}');
CREATE TABLE "incident_cases" ("incident_id" text primary key, "at_ms" bigint not null, "body" text not null);
CREATE TABLE "incident_events" ("key" text primary key, "incident_id" text not null, "sequence" integer not null, "at_ms" bigint not null, "actor" text not null, "fact" text not null);
CREATE TABLE "incidents" ("id" text primary key, "tenant" text not null, "state" text not null, "severity" text not null, "owner" text not null, "demoted" integer not null, "start_ms" bigint not null, "end_ms" bigint not null, "services" text not null, "search" text not null, "body" text not null);
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO "kysely_migration" VALUES('0001-first-release','2026-11-01T12:00:00.000Z');
INSERT INTO "kysely_migration" VALUES('0004-feedback','2026-11-01T12:00:00.000Z');
INSERT INTO "kysely_migration" VALUES('0005-incidents','2026-11-01T12:00:00.000Z');
INSERT INTO "kysely_migration" VALUES('0006-incident-cases','2026-11-01T12:00:00.000Z');
INSERT INTO "kysely_migration" VALUES('0011-slo-counts','2026-11-01T12:00:00.000Z');
INSERT INTO "kysely_migration" VALUES('0012-slo-ledgers','2026-11-01T12:00:00.000Z');
CREATE TABLE "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
INSERT INTO "kysely_migration_lock" VALUES('migration_lock',0);
CREATE TABLE "meta" ("name" text primary key, "value" text not null);
INSERT INTO "meta" VALUES('instance_id','2f1c0d5e-0000-4000-8000-000000000001');
CREATE TABLE "slo_counts" ("key" text primary key, "budget" text not null, "hour_ms" bigint not null, "minutes" text not null);
INSERT INTO "slo_counts" VALUES('shop-checkout/1795262400000','shop-checkout',1795262400000,'[120,3,118,0]');
CREATE TABLE "slo_corrections" ("id" text primary key, "reverses" text, "from_ms" bigint not null, "to_ms" bigint not null, "scope" text not null, "reason" text not null, "author" text not null, "source" text not null, "at_ms" bigint not null);
INSERT INTO "slo_corrections" VALUES('upgrade',NULL,1795262400000,1795266000000,'{"service":"shop"}','Database upgrade','ada','person',1795262400000);
INSERT INTO "slo_corrections" VALUES('reverse:upgrade','upgrade',1795262400000,1795266000000,'{"service":"shop"}','It was the network','bo','person',1795269600000);
CREATE TABLE "slo_crossings" ("id" text primary key, "slo" text not null, "at_ms" bigint not null, "body" text not null);
INSERT INTO "slo_crossings" VALUES('shop-checkout@1795262400000','shop-checkout',1795262400000,'{"id":"shop-checkout@1795262400000","slo":"shop-checkout","title":"Checkout","service":"shop","atMs":1795262400000,"from":"none","to":"fast","rate":22,"left":0.4}');
CREATE TABLE "tokens" ("id" text primary key, "name" text not null, "role" text not null, "hash" text not null unique, "created_at_ms" bigint not null, "last_used_at_ms" bigint, "expires_at_ms" bigint, "revoked_at_ms" bigint);
INSERT INTO "tokens" VALUES('0011223344556677','grafana','operator','b13fb3f9633fa159f602828775ccc5d59d8dcf1720bad1e93ba01b0d37be735e',1795262400000,NULL,NULL,NULL);
CREATE TABLE "tunings" ("version" bigint primary key, "body" text not null);
INSERT INTO "tunings" VALUES(1,'{"version":1,"rules":[],"atMs":1795262400000,"by":"ada","knownBy":"token","why":"Expected."}');
CREATE INDEX "feedback_by_created_at_ms_id" on "feedback" ("created_at_ms", "id");
CREATE INDEX "anomalies_by_start_ms_id" on "anomalies" ("start_ms", "id");
CREATE INDEX "anomalies_by_peak_score_id" on "anomalies" ("peak_score", "id");
CREATE INDEX "anomalies_by_end_ms" on "anomalies" ("end_ms");
CREATE INDEX "anomalies_by_state_border" on "anomalies" ("state", "border");
CREATE INDEX "anomalies_by_service_start_ms_id" on "anomalies" ("service", "start_ms", "id");
CREATE INDEX "anomalies_by_series_id_start_ms_id" on "anomalies" ("series_id", "start_ms", "id");
CREATE INDEX "changes_by_time_ms_id" on "changes" ("time_ms", "id");
CREATE INDEX "annotations_by_dirty" on "annotations" ("dirty", "updated_at_ms");
CREATE INDEX "annotations_by_state" on "annotations" ("state", "updated_at_ms");
CREATE INDEX "incidents_by_start_ms_id" on "incidents" ("start_ms", "id");
CREATE INDEX "incidents_by_state" on "incidents" ("state", "end_ms");
CREATE INDEX "incident_events_by_incident_id_sequence" on "incident_events" ("incident_id", "sequence");
CREATE INDEX "slo_counts_by_hour" on "slo_counts" ("hour_ms");
CREATE INDEX "slo_corrections_by_from" on "slo_corrections" ("from_ms", "id");
CREATE INDEX "slo_corrections_by_to" on "slo_corrections" ("to_ms");
CREATE INDEX "slo_crossings_by_slo" on "slo_crossings" ("slo", "at_ms");
CREATE INDEX "slo_crossings_by_time" on "slo_crossings" ("at_ms");
COMMIT;
