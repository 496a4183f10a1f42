# For ./run demo, to be sourced: web server and worker with the demo county, until a signal or until one of them fails.

DEMO_PIDS=

# demo_main yes|no: whether to begin anew.
demo_main() {
    PORT=${PORT:-8000}
    address=http://127.0.0.1:$PORT
    # Always the embedded edition: a demo must never write into a database that the operator's shell happens to name.
    unset DATABASE_URL BROKER_URL DEBUG HTTPS STATIC_MANIFEST MEDIA_ROOT ALLOWED_HOSTS
    export DEMO=1
    demo_alone
    [ "$1" = no ] || demo_forget
    environment
    mkdir -p "$VAR/log"
    cd "$ROOT"
    trap 'demo_stop' EXIT
    trap 'exit 0' INT TERM HUP
    demo_data
    demo_start
    demo_wait
    demo_accounts
    while demo_alive; do
        sleep 1 &
        wait $! || true
    done
    note "a part of the demo ended; the rest is stopped. The logs are in $VAR/log"
    exit 1
}

demo_alone() {
    exec 8>"$VAR/demo.lock"
    flock -n 8 || { note "a demo with the data of $VAR is running already" && exit 1; }
    "$PY" -c "import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', int(sys.argv[1])))" \
        "$PORT" 2>/dev/null || { note "port $PORT is taken or not a port; choose another: PORT=8001 ./run demo" && exit 1; }
}

demo_forget() {
    rm -rf "$VAR"/db.sqlite3* "$VAR/media" "$VAR/broker" "$VAR"/celerybeat-schedule* "$VAR/demo-password" "$VAR/demo-seeded"
}

demo_data() {
    [ -s "$VAR/db.sqlite3" ] || rm -f "$VAR/demo-seeded"
    part "$PY" manage.py lay_tables >&2
    [ -e "$VAR/demo-seeded" ] && return 0
    note "filling in the demo county"
    part "$PY" manage.py seed_demo >&2
    touch "$VAR/demo-seeded"
}

demo_start() {
    group "$VAR/log/web.log" "$PY" -m gunicorn supervision.config.wsgi --bind "127.0.0.1:$PORT" --workers 2 --threads 4 \
        --timeout 120 --graceful-timeout 5 --no-control-socket 8>&-
    DEMO_PIDS="$GROUP"
    group "$VAR/log/worker.log" "$PY" -m celery -A supervision worker -P solo -B -l info \
        -s "$VAR/celerybeat-schedule" --without-gossip --without-mingle --without-heartbeat 8>&-
    DEMO_PIDS="$DEMO_PIDS $GROUP"
}

demo_alive() {
    for pid in $DEMO_PIDS; do kill -0 "$pid" 2>/dev/null || return 1; done
}

demo_wait() {
    turns=0
    until "$PY" -c "import urllib.request; urllib.request.urlopen('$address/healthz', timeout=5)" 2>/dev/null; do
        turns=$((turns + 1))
        if [ "$turns" -ge 200 ] || ! demo_alive; then
            tail -n 20 "$VAR/log/web.log" "$VAR/log/worker.log" >&2
            note "the demo did not start"
            exit 1
        fi
        sleep 0.2
    done
}

demo_stop() {
    status=$?
    trap - EXIT INT TERM HUP
    stop_part
    [ -z "$DEMO_PIDS" ] || group_stop $DEMO_PIDS
    exit "$status"
}

demo_accounts() {
    password=${DEMO_PASSWORD:-$(cat "$VAR/demo-password" 2>/dev/null || echo '(see seed_demo)')}
    cat <<END

  $address
  password of every account: $password

  dangfeng  dangfeng_head    党风政风监督室 经办人、主任
  nongye    nongye_head      驻县农业农村局纪检监察组 经办人、组长
  jiaoyu    jiaoyu_head      驻县教育局纪检监察组
  weijian   weijian_head     驻县卫生健康委纪检监察组
  liuhe     liuhe_head       柳河镇纪委 经办人、书记
  xieguan1  xieguan2         协管常委、委员
  fenguan   shuji            分管副书记、县纪委书记
  changweihui  wenshu        常委会秘书、县纪委办公室文书
  anguan    xuncha           案件监督管理室、县委巡察办
  sysadmin  secadmin  auditor   系统、安全、审计管理员

  logs: $VAR/log    stop: Ctrl-C
END
}
