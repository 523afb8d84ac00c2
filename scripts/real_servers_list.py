"""The servers that scripts/real-servers runs, as data.

In commands and files, @PORT@ is the server's port, @ROOT@ the folder that it serves, @HOME@ a folder
of its own, @UP@ the port of the nginx behind a proxy, @CERT@ and @KEY@ a certificate for 127.0.0.1,
and @WHO@ is "root" or "user", by who runs the script.
"""

from dataclasses import dataclass, field


@dataclass
class Server:
    name: str
    packages: str  # Debian's; the first one's version is shown
    command: list
    files: dict = field(default_factory=dict)  # below @HOME@
    tls: bool = False
    upstream: bool = False  # a plain nginx stands behind it
    caches: bool = False  # may go on giving a version that the origin has no more
    restart: str = ""  # the signal that it gets in mid-run; after KILL it is started again
    env: dict = field(default_factory=dict)


# ---------------------------------------------------------------- nginx

NGINX_MAIN = """
daemon off;
worker_processes 2;
pid nginx.pid;
error_log stderr;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path @HOME@; proxy_temp_path @HOME@/proxy; fastcgi_temp_path @HOME@;
  uwsgi_temp_path @HOME@; scgi_temp_path @HOME@;
  sendfile on;
  %s
}
"""
NGINX_COMMAND = ["nginx", "-p", "@HOME@", "-e", "stderr", "-c", "@HOME@/nginx.conf"]


def nginx(what, http="", server="", listen="", **more):
    block = f"""{http}
  server {{ listen 127.0.0.1:@PORT@{listen}; root @ROOT@; {server} }}"""
    name = "nginx" + (", " + what if what else "")
    return Server(name, "nginx-light", NGINX_COMMAND, {"nginx.conf": NGINX_MAIN % block}, **more)


PLAIN_NGINX = nginx("")

NGINX = [
    PLAIN_NGINX,
    nginx("no ETag, gzip on the fly", "etag off; gzip on; gzip_types *; gzip_proxied any;"),
    nginx("TLS 1.3", listen=" ssl http2", tls=True,
          server="ssl_certificate @CERT@; ssl_certificate_key @KEY@; ssl_protocols TLSv1.3;"),
    nginx("4 connections a client, 3 requests each", "limit_conn_zone $binary_remote_addr zone=c:1m;",
          "limit_conn c 4; keepalive_requests 3;"),
    nginx("5 requests a second, then 429", "limit_req_zone $binary_remote_addr zone=r:1m rate=5r/s;",
          "limit_req zone=r; limit_req_status 429;"),
    nginx("no ranges", server="max_ranges 0;"),
    nginx("proxy cache before nginx", "proxy_cache_path @HOME@/cache keys_zone=k:1m;",
          "location / { proxy_pass http://127.0.0.1:@UP@; proxy_cache k; proxy_cache_valid 200 2s; }",
          upstream=True, caches=True),
    nginx("slices of 1 MiB in a cache", "proxy_cache_path @HOME@/cache keys_zone=k:1m;",
          """location / { slice 1m; proxy_pass http://127.0.0.1:@UP@; proxy_cache k;
             proxy_cache_key $uri$slice_range; proxy_set_header Range $slice_range;
             proxy_cache_valid 200 206 2s; }""", upstream=True, caches=True),
    nginx("reloaded in mid-run", restart="HUP"),
    nginx("killed and started again in mid-run", restart="KILL"),
]

# ---------------------------------------------------------------- Apache

APACHE_MAIN = """
ServerRoot "@HOME@"
ServerName 127.0.0.1
DefaultRuntimeDir "@HOME@"
PidFile "@HOME@/httpd.pid"
ErrorLog "@HOME@/error.log"
Mutex file:@HOME@ default
Listen 127.0.0.1:@PORT@
Define M /usr/lib/apache2/modules
LoadModule mpm_event_module ${M}/mod_mpm_event.so
LoadModule authz_core_module ${M}/mod_authz_core.so
LoadModule mime_module ${M}/mod_mime.so
TypesConfig /etc/mime.types
<IfDefine root>
  User www-data
  Group www-data
</IfDefine>
DocumentRoot "@ROOT@"
<Directory "/">
  Require all granted
</Directory>
"""


def apache(what, config="", packages="apache2", **more):
    files = dict({"httpd.conf": APACHE_MAIN + config}, **more.pop("files", {}))
    command = ["apache2", "-DFOREGROUND", "-D", "@WHO@", "-f", "@HOME@/httpd.conf"]
    return Server("Apache" + (", " + what if what else ""), packages, command, files, **more)


NAMES = ["empty.dat", "one.txt", "page.html", "archive.tar.gz", "large.bin", "huge.iso"]

APACHE = [
    apache(""),
    apache("no ETag", "FileETag None\n"),
    apache("AddEncoding for .gz", "AddEncoding x-gzip .gz\n"),
    apache("mod_deflate for all",
           "LoadModule filter_module ${M}/mod_filter.so\nLoadModule deflate_module ${M}/mod_deflate.so\n"
           "SetOutputFilter DEFLATE\n"),
    apache("TLS, no keep-alive",
           "LoadModule ssl_module ${M}/mod_ssl.so\nSSLEngine on\nKeepAlive Off\n"
           'SSLCertificateFile "@CERT@"\nSSLCertificateKeyFile "@KEY@"\n', tls=True),
    apache("mod_xsendfile",
           "LoadModule alias_module ${M}/mod_alias.so\nLoadModule asis_module ${M}/mod_asis.so\n"
           "LoadModule xsendfile_module ${M}/mod_xsendfile.so\nAddHandler send-as-is asis\n"
           'AliasMatch "^/([a-z.]+)$" "@HOME@/asis/$1.asis"\nXSendFile on\nXSendFilePath "@ROOT@"\n',
           packages="apache2 libapache2-mod-xsendfile",
           files={f"asis/{name}.asis": f"X-Sendfile: @ROOT@/{name}\n\n" for name in NAMES}),
]

# ---------------------------------------------------------------- others in C, Go, Erlang

LIGHTTPD = """
server.document-root = "@ROOT@"
server.bind = "127.0.0.1"
server.port = @PORT@
server.errorlog = "@HOME@/error.log"
mimetype.assign = ( ".html" => "text/html", ".txt" => "text/plain", "" => "application/octet-stream" )
"""

CADDYFILE = """
{
  admin off
  auto_https off
}
:@PORT@ {
  bind 127.0.0.1
  root * @ROOT@
  %s
  file_server
}
"""

H2O = """
listen: {host: 127.0.0.1, port: @PORT@}
num-threads: 2
error-log: "@HOME@/error.log"
compress: [gzip]
hosts:
  default:
    paths:
      /: {file.dir: "@ROOT@"}
"""

# What starts a program for each connection, as inetd does.
INETD = """
import socket, subprocess, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    connection = listener.accept()[0]
    subprocess.Popen(sys.argv[2:], stdin=connection, stdout=connection)
    connection.close()
"""

ERLANG = """inets:start(), {ok, _} = inets:start(httpd, [{port, @PORT@}, {bind_address, {127,0,0,1}},
  {server_name, "localhost"}, {server_root, "@HOME@"}, {document_root, "@ROOT@"}])."""

YAWS = """
logdir = @HOME@
ebin_dir = @HOME@
include_dir = @HOME@
<server localhost>
  port = @PORT@
  listen = 127.0.0.1
  docroot = @ROOT@
</server>
"""


def lighttpd(what, config=""):
    return Server("lighttpd" + what, "lighttpd", ["lighttpd", "-D", "-f", "@HOME@/lighttpd.conf"],
                  {"lighttpd.conf": LIGHTTPD + config})


def caddy(what, directive=""):
    return Server("Caddy" + what, "caddy",
                  ["caddy", "run", "--adapter", "caddyfile", "--config", "@HOME@/Caddyfile"],
                  {"Caddyfile": CADDYFILE % directive}, env={"HOME": "@HOME@"})


COMPILED = [
    lighttpd(""),
    lighttpd(", mod_deflate, no ETag", """
server.modules += ( "mod_deflate" )
deflate.mimetypes = ( "" )
deflate.allowed-encodings = ( "gzip" )
etag.use-mtime = "disable"
etag.use-size = "disable"
etag.use-inode = "disable"
"""),
    caddy(""),
    caddy(", gzip and zstd", "encode zstd gzip"),
    Server("H2O, gzip", "h2o", ["h2o", "-c", "@HOME@/h2o.conf"], {"h2o.conf": H2O}),
    Server("busybox httpd", "busybox",
           ["busybox", "httpd", "-f", "-p", "127.0.0.1:@PORT@", "-h", "@ROOT@"]),
    Server("mini-httpd", "mini-httpd",
           ["mini_httpd", "-D", "-h", "127.0.0.1", "-p", "@PORT@", "-d", "@ROOT@"]),
    Server("webfs", "webfs", ["webfsd", "-F", "-i", "127.0.0.1", "-p", "@PORT@", "-r", "@ROOT@"]),
    Server("micro-httpd", "micro-httpd",
           ["/usr/bin/python3", "-c", INETD, "@PORT@", "micro-httpd", "@ROOT@"]),
    Server("rclone serve http", "rclone",
           ["rclone", "serve", "http", "@ROOT@", "--addr", "127.0.0.1:@PORT@", "--config", "/dev/null"]),
    Server("Erlang inets httpd", "erlang-inets", ["erl", "-noshell", "-eval", ERLANG]),
    Server("Yaws", "yaws", ["yaws", "--conf", "@HOME@/yaws.conf", "--id", "real", "--erlarg", "-noshell -noinput"],
           {"yaws.conf": YAWS}, env={"HOME": "@HOME@"}),
]

# ---------------------------------------------------------------- proxies before a plain nginx

SQUID = """
http_port 127.0.0.1:@PORT@ accel defaultsite=127.0.0.1 no-vhost
cache_peer 127.0.0.1 parent @UP@ 0 no-query originserver name=origin
http_access allow all
visible_hostname localhost
cache_mem 256 MB
maximum_object_size_in_memory 100 MB
refresh_pattern . 0 0% 0
pid_filename none
access_log none
cache_log @HOME@/cache.log
coredump_dir @HOME@
shutdown_lifetime 0 seconds
pinger_enable off
"""

HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen all
  bind 127.0.0.1:@PORT@
  server origin 127.0.0.1:@UP@
"""

VARNISH = """
vcl 4.1;
backend origin { .host = "127.0.0.1"; .port = "@UP@"; }
sub vcl_recv { %s }
"""


def varnish(what, rule="", **more):
    return Server("Varnish" + what, "varnish",
                  ["varnishd", "-F", "-j", "none", "-n", "@HOME@/v", "-a", "127.0.0.1:@PORT@",
                   "-f", "@HOME@/default.vcl", "-s", "malloc,300m", "-p", "default_ttl=2", "-p", "default_grace=0"],
                  {"default.vcl": VARNISH % rule}, upstream=True, **more)


def haproxy(what, **more):
    return Server("HAProxy" + what, "haproxy", ["haproxy", "-db", "-f", "@HOME@/haproxy.cfg"],
                  {"haproxy.cfg": HAPROXY}, upstream=True, **more)


PROXIES = [
    varnish("", caches=True),
    varnish(", passing all on", "return (pass);"),
    Server("Squid as accelerator", "squid", ["squid", "-N", "-f", "@HOME@/squid.conf"],
           {"squid.conf": SQUID}, upstream=True, caches=True),
    haproxy(""),
    haproxy(", killed and started again in mid-run", restart="KILL"),
    Server("nghttpx", "nghttp2-proxy",
           ["nghttpx", "--conf=/dev/null", "-f127.0.0.1,@PORT@;no-tls", "-b127.0.0.1,@UP@"],
           upstream=True),
    Server("tinyproxy, reverse", "tinyproxy", ["tinyproxy", "-d", "-c", "@HOME@/tinyproxy.conf"],
           {"tinyproxy.conf": "Port @PORT@\nListen 127.0.0.1\nTimeout 60\nMaxClients 100\n"
                              'ReverseOnly Yes\nReversePath "/" "http://127.0.0.1:@UP@/"\n'},
           upstream=True),
]

# ---------------------------------------------------------------- Java

TOMCAT_XML = """<Server port="-1"><Service name="Catalina">
  <Connector port="@PORT@" address="127.0.0.1" protocol="HTTP/1.1" useSendfile="%s"/>
  <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="none">
    <Context path="" docBase="@ROOT@"/></Host></Engine></Service></Server>
"""
TOMCAT_WEB = """<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
  <servlet><servlet-name>default</servlet-name>
    <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet>
  <servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
</web-app>
"""


def tomcat(what, sendfile):
    bin_folder = "/usr/share/tomcat10/bin/"
    return Server(
        "Tomcat" + what, "tomcat10",
        ["java", "-cp", bin_folder + "bootstrap.jar:" + bin_folder + "tomcat-juli.jar",
         "-Dcatalina.home=/usr/share/tomcat10", "-Dcatalina.base=@HOME@", "-Djava.io.tmpdir=@HOME@",
         "org.apache.catalina.startup.Bootstrap", "start"],
        {"conf/server.xml": TOMCAT_XML % sendfile, "conf/web.xml": TOMCAT_WEB, "none/.keep": ""})


JETTY_ROOT = """<?xml version="1.0"?>
<!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://www.eclipse.org/jetty/configure_9_3.dtd">
<Configure class="org.eclipse.jetty.server.handler.ContextHandler">
  <Set name="contextPath">/</Set>
  <Set name="handler"><New class="org.eclipse.jetty.server.handler.ResourceHandler">
    <Set name="resourceBase">@ROOT@</Set><Set name="etags">true</Set></New></Set>
</Configure>
"""

JAVA = [
    tomcat("", "true"),
    tomcat(", no sendfile", "false"),
    Server("Jetty 9", "jetty9",
           ["java", "-Djava.io.tmpdir=@HOME@", "-jar", "/usr/share/jetty9/start.jar", "jetty.home=/usr/share/jetty9",
            "jetty.base=@HOME@", "--module=http,deploy",
            "jetty.http.host=127.0.0.1", "jetty.http.port=@PORT@"],
           {"webapps/root.xml": JETTY_ROOT}),
    Server("jwebserver (JDK 18 and newer)", "", ["jwebserver", "-b", "127.0.0.1", "-p", "@PORT@", "-d", "@ROOT@"]),
]

# ---------------------------------------------------------------- script languages

AIOHTTP = """
import sys
from aiohttp import web
app = web.Application()
app.router.add_static("/", sys.argv[2])
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
"""

TORNADO = """
import asyncio, sys
from tornado.web import Application, StaticFileHandler
async def main():
    Application([("/(.*)", StaticFileHandler, {"path": sys.argv[2]})]).listen(int(sys.argv[1]), "127.0.0.1")
    await asyncio.Event().wait()
asyncio.run(main())
"""

CHERRYPY = """
import sys, cherrypy
cherrypy.config.update({"server.socket_host": "127.0.0.1", "server.socket_port": int(sys.argv[1]),
                        "server.thread_pool": 30, "engine.autoreload.on": False})
class Nothing:
    pass
cherrypy.quickstart(Nothing(), "/", {"/": {"tools.staticdir.on": True, "tools.staticdir.dir": sys.argv[2]}})
"""

WSGI = """
import os
def app(environ, start):
    file = open("@ROOT@" + environ["PATH_INFO"], "rb")
    start("200 OK", [("Content-Length", str(os.fstat(file.fileno()).st_size))])
    return environ["wsgi.file_wrapper"](file)
"""

# A server as people write it in a minute: no length, no validator, no ranges.
NODE_PIPE = """
const fs = require('fs'), [port, root] = process.argv.slice(1);
require('http').createServer((request, response) => {
  fs.createReadStream(root + request.url).on('error', () => response.destroy()).pipe(response);
}).listen(port, '127.0.0.1');
"""

NODE_EXPRESS = """
const express = require('express'), [port, root] = process.argv.slice(1);
express().use(express.static(root)).listen(port, '127.0.0.1');
"""

PERL_DAEMON = """
use HTTP::Daemon; $SIG{CHLD} = 'IGNORE';
my ($port, $root) = @ARGV;
my $daemon = HTTP::Daemon->new(LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 100) or die;
while (my $client = $daemon->accept) {
  next if fork;
  while (my $request = $client->get_request) { $client->send_file_response($root . $request->uri->path) }
  exit;
}
"""

MOJOLICIOUS = """
use Mojolicious::Lite -signatures; my ($port, $root) = splice @ARGV, 0, 2;
app->static->paths([$root]); app->start('daemon', '-l', "http://127.0.0.1:$port");
"""

PYTHON = "/usr/bin/python3"

SCRIPTED = [
    Server("Python http.server", "python3",
           [PYTHON, "-m", "http.server", "-b", "127.0.0.1", "-d", "@ROOT@", "@PORT@"]),
    Server("Python http.server, HTTP/1.1", "python3",
           [PYTHON, "-m", "http.server", "-p", "HTTP/1.1", "-b", "127.0.0.1", "-d", "@ROOT@", "@PORT@"]),
    Server("Twisted", "python3-twisted",
           ["twist3", "web", "--listen", "tcp:@PORT@:interface=127.0.0.1", "--path", "@ROOT@"]),
    Server("aiohttp", "python3-aiohttp", [PYTHON, "-c", AIOHTTP, "@PORT@", "@ROOT@"]),
    Server("Tornado", "python3-tornado", [PYTHON, "-c", TORNADO, "@PORT@", "@ROOT@"]),
    Server("CherryPy", "python3-cherrypy3", [PYTHON, "-c", CHERRYPY, "@PORT@", "@ROOT@"]),
    Server("gunicorn, an app without ranges", "gunicorn",
           ["gunicorn", "-b", "127.0.0.1:@PORT@", "--threads", "20", "--chdir", "@HOME@", "files:app"],
           {"files.py": WSGI}),
    Server("Node, a stream piped to the answer", "nodejs", ["node", "-e", NODE_PIPE, "@PORT@", "@ROOT@"]),
    Server("Node, Express", "node-express nodejs", ["node", "-e", NODE_EXPRESS, "@PORT@", "@ROOT@"],
           env={"NODE_PATH": "/usr/share/nodejs"}),
    Server("Ruby WEBrick", "ruby-webrick ruby",
           ["ruby", "-run", "-e", "httpd", "--", "@ROOT@", "-p", "@PORT@", "-b", "127.0.0.1"]),
    Server("Puma, Rack::Files", "puma ruby-rack",
           ["puma", "-q", "-b", "tcp://127.0.0.1:@PORT@", "@HOME@/config.ru"],
           {"config.ru": 'run Rack::Files.new("@ROOT@")\n'}),
    Server("PHP's own", "php-cli", ["php", "-S", "127.0.0.1:@PORT@", "-t", "@ROOT@"]),
    Server("Perl HTTP::Daemon", "libhttp-daemon-perl", ["perl", "-e", PERL_DAEMON, "@PORT@", "@ROOT@"]),
    Server("Mojolicious", "libmojolicious-perl", ["perl", "-e", MOJOLICIOUS, "@PORT@", "@ROOT@"]),
]

ALL = NGINX + APACHE + COMPILED + PROXIES + JAVA + SCRIPTED
