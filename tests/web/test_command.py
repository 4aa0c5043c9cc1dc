"""byline web: starts, tells its address, ends without a trace."""
import glob
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import pytest

from conftest import BUILD, BYLINE
from web_site import LIGHTTPD, OMEGA, Site, need

pytest_plugins = ["web_fixtures"]


def folders(tmp_path):
    return glob.glob(f"{tmp_path}/byline-web.*")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM,
                                    signal.SIGHUP])
def test_a_signal_ends_it_and_removes_the_folder(archive, tmp_path, number):
    with Site(archive, TMPDIR=str(tmp_path)) as site:
        assert len(folders(tmp_path)) == 1
        assert oct(os.stat(folders(tmp_path)[0]).st_mode)[-3:] == "700"
        assert site.get(P="ferry").status == 200
        port = int(site.root.rsplit(":")[-1].strip("/"))
        status, out, errors = site.stop(number)
    assert (status, out, errors) == (0, "", "")
    assert folders(tmp_path) == []
    with socket.socket() as s:
        assert s.connect_ex(("127.0.0.1", port)) != 0


def test_only_this_machine_is_served(site):
    port = int(site.root.rsplit(":")[-1].strip("/"))
    with open("/proc/net/tcp", encoding="ascii") as table:
        local = [line.split()[1] for line in table if f":{port:04X} " in line]
    listening = {address.split(":")[0] for address in local}
    assert listening == {"0100007F"}


def test_a_taken_port(byline, archive):
    need(OMEGA, LIGHTTPD)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        port = s.getsockname()[1]
        done = byline("web", "--db", archive, "--port", port)
    assert done.returncode == 2
    assert f"cannot use port {port}" in done.stderr


def test_names_that_configurations_have_to_quote(fixture_db, tmp_path):
    odd = tmp_path / 'a "b" $c'
    shutil.copytree(fixture_db, odd)
    with Site(odd, BYLINE_SITE='Tarn "mouth" \\ <b>$x</b>') as site:
        page = site.get(P="ferry").text
        assert "Tarn &quot;mouth&quot; \\ &lt;b&gt;$x&lt;/b&gt;" in page


@pytest.mark.parametrize("paths, told", [
    ([OMEGA], f"Xapian Omega ({OMEGA}); apt install xapian-omega"),
    ([LIGHTTPD], "lighttpd; apt install lighttpd"),
    ([OMEGA, LIGHTTPD], f"Xapian Omega ({OMEGA}), lighttpd; apt install "
                        "xapian-omega lighttpd")])
def test_what_is_missing_is_named(archive, paths, told):
    """In a namespace in which they can't be run."""
    need(OMEGA, LIGHTTPD)
    hide = "".join(f"mount --bind /dev/null {path} && " for path in paths)
    if subprocess.run(["unshare", "-rm", "sh", "-c", hide + "true"],
                      capture_output=True).returncode != 0:
        pytest.skip("no namespace to hide programs in")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", hide + 'exec "$0" web --db "$1"',
         str(BYLINE), str(archive)], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"byline: not installed: {told}\n"


def test_a_database_that_does_not_open(byline, tmp_path):
    done = byline("web", "--db", tmp_path / "none")
    assert done.returncode == 2 and "none" in done.stderr


@pytest.mark.parametrize("arguments, named", [
    (["surplus"], "surplus"), (["--port", "x"], "--port"),
    (["--port", "65536"], "--port"), (["--print-config", "iis"], "iis")])
def test_usage(byline, archive, arguments, named):
    done = byline("web", "--db", archive, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr and "byline help web" in done.stderr


def test_the_build_has_what_is_installed(tmp_path):
    subprocess.run(["cmake", "--install", str(BUILD), "--prefix",
                    str(tmp_path)], check=True, capture_output=True)
    for name in ("templates/articles", "templates/inc/query",
                 "style/articles.css"):
        assert (tmp_path / "share/byline/omega" / name).read_bytes() == (
            BUILD / "share/byline/omega" / name).read_bytes()
    done = subprocess.run([str(tmp_path / "bin/byline"), "help", "web"],
                          capture_output=True, text=True)
    assert done.returncode == 0


# ---- --print-config ----------------------------------------------------------

def configuration(byline, archive, server, place):
    """What is printed, with what it tells to do done below place; the text."""
    done = byline("web", "--db", archive, "--print-config", server)
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout.replace("/etc/byline", str(place))
    for path, body in re.findall(
            r"cat >(\S+) <<'END'\n((?:# .*\n)*?)# END", text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(body.replace("# ", ""))
    return text


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(port, query):
    end = time.time() + 20
    while True:
        try:
            with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/{query}", timeout=10) as answer:
                return answer.headers, answer.read().decode()
        except OSError:
            if time.time() > end:
                raise
            time.sleep(0.05)


def check(port):
    headers, page = fetch(port, "search?P=ferry&HITSPERPAGE=1000")
    assert "Results for" in page and "<article" in page
    policies = headers.get_all("Content-Security-Policy")
    assert len(policies) == 1 and policies[0].startswith("default-src 'none'")
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    headers, style = fetch(port, "byline/articles.css")
    assert headers["Content-Type"].startswith("text/css") and ".hits" in style
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/search", b"P=ferry",
                               timeout=10)
    assert refused.value.code in (403, 405)


def test_the_configuration_for_lighttpd(byline, archive, tmp_path):
    need(OMEGA, LIGHTTPD)
    text = configuration(byline, archive, "lighttpd", tmp_path / "etc")
    port = free_port()
    path = tmp_path / "lighttpd.conf"
    path.write_text(f'server.port = {port}\nserver.bind = "127.0.0.1"\n'
                    f'server.document-root = "{tmp_path}"\n'
                    'mimetype.assign = (".css" => "text/css")\n'
                    "alias.url = ()\n" + text)
    server = subprocess.Popen([LIGHTTPD, "-D", "-f", str(path)],
                              stderr=subprocess.PIPE)
    try:
        check(port)
    finally:
        server.terminate()
        server.communicate()


def test_the_configuration_for_nginx(byline, archive, tmp_path):
    nginx, wrap = shutil.which("nginx", path="/usr/sbin"), shutil.which(
        "fcgiwrap", path="/usr/sbin")
    if not nginx or not wrap:
        pytest.skip("no nginx with fcgiwrap")
    need(OMEGA)
    text = configuration(byline, archive, "nginx", tmp_path / "etc").replace(
        "/run/fcgiwrap.socket", str(tmp_path / "socket"))
    port = free_port()
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error;\n"
        + ("user root;\n" if os.getuid() == 0 else "")
        + "events {}\nhttp { include /etc/nginx/mime.types; access_log off;\n"
        f"server {{ listen 127.0.0.1:{port};\n"
        + text.replace("include fastcgi_params",
                       "include /etc/nginx/fastcgi_params") + "}}\n")
    fcgi = subprocess.Popen([wrap, "-s", f"unix:{tmp_path}/socket"])
    server = subprocess.Popen([nginx, "-c", str(tmp_path / "nginx.conf")],
                              stderr=subprocess.PIPE)
    try:
        check(port)
    finally:
        for process in (server, fcgi):
            process.terminate()
            process.communicate()


@pytest.fixture
def open_folder():
    """One that the user can read whom Apache becomes when root starts it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield pathlib.Path(folder)


def test_the_configuration_for_apache(byline, archive, open_folder):
    apache = shutil.which("apache2", path="/usr/sbin")
    if not apache:
        pytest.skip("no apache2")
    need(OMEGA)
    share = BUILD / "share/byline/omega"
    shutil.copytree(archive, open_folder / "db")
    shutil.copytree(share, open_folder / "share")
    text = configuration(byline, open_folder / "db", "apache",
                         open_folder / "etc")
    omega = open_folder / "etc/omega.conf"
    omega.write_text(re.sub(r"template_dir .*", "template_dir "
                            f"{open_folder}/share/templates",
                            omega.read_text()))
    port = free_port()
    modules = "".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
        for name in "mpm_event authz_core alias cgid headers env mime".split())
    (open_folder / "apache.conf").write_text(
        f"ServerRoot {open_folder}\nPidFile {open_folder}/pid\n"
        f"Listen 127.0.0.1:{port}\nServerName localhost\n{modules}"
        f"ErrorLog {open_folder}/error\nScriptSock {open_folder}/cgid\n"
        "TypesConfig /etc/mime.types\n"
        + ("User www-data\nGroup www-data\n" if os.getuid() == 0 else "")
        + re.sub(r"(?m)(/\S*)/share/byline/omega(?=/style)",
                 f"{open_folder}/share", text))
    server = subprocess.Popen([apache, "-DFOREGROUND", "-f",
                               str(open_folder / "apache.conf")])
    try:
        check(port)
    finally:
        server.terminate()
        server.communicate()
