# For ./run test, to be sourced: a PostgreSQL and a Redis of its own, on free ports of this machine, with passwords made
# for this run, in a folder that goes when they stop.

SERVICE_PIDS=
SERVICE_DIR=

services_start() {
    postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -x "$postgres_bin/postgres" ] || { note "PostgreSQL is missing" && exit 3; }
    # PostgreSQL refuses to run as root.
    as_server=
    [ "$(id -u)" -ne 0 ] || as_server="setpriv --pdeathsig TERM --reuid=postgres --regid=postgres --init-groups"
    services_folder
    password=$("$PY" -c 'import secrets; print(secrets.token_hex(16))')
    redis_start
    postgres_start
}

# In var/, unless the server's user cannot get there (a checkout under a closed home).
services_folder() {
    SERVICE_DIR=$(mktemp -d "$VAR/services.XXXXXX")
    chmod 711 "$SERVICE_DIR"
    $as_server test -x "$SERVICE_DIR" && return 0
    rmdir "$SERVICE_DIR"
    SERVICE_DIR=$(mktemp -d "${TMPDIR:-/tmp}/services.XXXXXX")
    chmod 711 "$SERVICE_DIR"
}

postgres_start() {
    postgres_port=$(free_port)
    data=$SERVICE_DIR/pg
    mkdir -m 700 "$data"
    (umask 077 && echo "$password" >"$SERVICE_DIR/password")
    [ -z "$as_server" ] || chown postgres:postgres "$data" "$SERVICE_DIR/password"
    (
        cd /
        $as_server "$postgres_bin/initdb" -D "$data" -U postgres --pwfile="$SERVICE_DIR/password" --auth=scram-sha-256 \
            --encoding=UTF8 --locale=C.UTF-8 --no-sync
    ) >"$SERVICE_DIR/initdb.log" 2>&1 || { cat "$SERVICE_DIR/initdb.log" >&2 && exit 1; }
    group "$SERVICE_DIR/postgres.log" $as_server "$postgres_bin/postgres" -D "$data" -p "$postgres_port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off \
        -c synchronous_commit=off -c max_connections=80 -c log_min_messages=warning
    SERVICE_PIDS="$SERVICE_PIDS $GROUP"
    SERVICE_DATABASE=postgres://postgres:$password@127.0.0.1:$postgres_port/postgres
    service_answers "$postgres_bin/pg_isready" -q -h 127.0.0.1 -p "$postgres_port" ||
        { cat "$SERVICE_DIR/postgres.log" >&2 && note "PostgreSQL did not start" && exit 1; }
}

redis_start() {
    redis_port=$(free_port)
    # The password goes in by a file: the command line is for everybody to read.
    (
        umask 077
        printf 'bind 127.0.0.1\nport %s\ndir %s\nsave ""\nappendonly no\nrequirepass %s\n' \
            "$redis_port" "$SERVICE_DIR" "$password" >"$SERVICE_DIR/redis.conf"
    )
    group "$SERVICE_DIR/redis.log" redis-server "$SERVICE_DIR/redis.conf"
    SERVICE_PIDS="$SERVICE_PIDS $GROUP"
    SERVICE_BROKER=redis://:$password@127.0.0.1:$redis_port/0
    service_answers "$PY" -c "import redis; redis.Redis.from_url('$SERVICE_BROKER').ping()" ||
        { cat "$SERVICE_DIR/redis.log" >&2 && note "Redis did not start" && exit 1; }
}

service_answers() {
    turns=0
    until "$@" >/dev/null 2>&1; do
        turns=$((turns + 1))
        [ "$turns" -lt 150 ] && kill -0 "$GROUP" 2>/dev/null || return 1
        sleep 0.1
    done
}

# Tables for the tests on PostgreSQL, brought there by the migrations once, while others run; each worker copies them.
tables_start() {
    TEST_TEMPLATE=laid
    tables_url=${SERVICE_DATABASE%/*}/$TEST_TEMPLATE
    DATABASE_URL=$SERVICE_DATABASE "$PY" -c "
import os, psycopg
psycopg.connect(os.environ['DATABASE_URL'], autocommit=True).execute('CREATE DATABASE $TEST_TEMPLATE')"
    group "$SERVICE_DIR/tables.log" env DEMO=1 DATABASE_URL="$tables_url" "$PY" "$ROOT/manage.py" migrate
    TABLES=$GROUP
    SERVICE_PIDS="$SERVICE_PIDS $GROUP"
}

tables_ready() {
    wait "$TABLES" || { cat "$SERVICE_DIR/tables.log" >&2 && note "the migrations failed on PostgreSQL" && exit 1; }
}

services_stop() {
    status=$?
    trap - EXIT INT TERM HUP
    [ -z "$SERVICE_PIDS" ] || group_stop $SERVICE_PIDS
    [ -z "$SERVICE_DIR" ] || rm -rf "$SERVICE_DIR"
    exit "$status"
}
