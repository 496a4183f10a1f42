# For ./run, to be sourced: the environment that all commands share, and processes that must end with their starter.

# The demo's environment; whatever the operator has set stays.
environment() {
    mkdir -p "$VAR/media" "$VAR/broker/queue" "$VAR/broker/control"
    if [ -z "${SECRET_KEY:-}" ]; then
        [ -s "$VAR/secret-key" ] || (umask 077 && "$PY" -c 'import secrets; print(secrets.token_urlsafe(60))' >"$VAR/secret-key")
        SECRET_KEY=$(cat "$VAR/secret-key")
        export SECRET_KEY DEMO="${DEMO:-1}"
    fi
    export VAR_DIR="$VAR" BROKER_URL="${BROKER_URL:-filesystem://}" DJANGO_SETTINGS_MODULE=supervision.config.settings
}

# part COMMAND...: runs it in front, but so that a signal to ./run reaches it at once.
part() {
    exec 3<&0 # a shell gives its background jobs no input otherwise
    setpriv --pdeathsig TERM "$@" <&3 3<&- &
    PART=$!
    exec 3<&-
    while :; do
        wait "$PART" && code=0 || code=$?
        kill -0 "$PART" 2>/dev/null || break
    done
    PART=
    return "$code"
}

stop_part() {
    [ -z "${PART:-}" ] || kill -TERM "$PART" 2>/dev/null || true
    [ -z "${PART:-}" ] || wait "$PART" 2>/dev/null || true
    PART=
}

# group LOG COMMAND...: starts it in a session of its own, so that it and its children can be stopped together; it also
# ends when its starter is killed without a chance to tidy up.
group() {
    log=$1 && shift
    setsid setpriv --pdeathsig TERM "$@" </dev/null >>"$log" 2>&1 &
    GROUP=$!
}

# group_stop PID...: asks politely, waits ten seconds, then insists.
group_stop() {
    for pid in "$@"; do kill -TERM "-$pid" 2>/dev/null || true; done
    for pid in "$@"; do
        turns=0
        while kill -0 "-$pid" 2>/dev/null && [ "$turns" -lt 100 ]; do
            sleep 0.1
            turns=$((turns + 1))
        done
        kill -KILL "-$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}

free_port() {
    "$PY" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
