//! nginx as a load balancer in front of two servers.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
};

use wuye_stage::Place;

use crate::ground::free_port;

const PROGRAMS: [&str; 2] = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"];

fn program() -> Option<&'static str> {
    PROGRAMS.into_iter().find(|program| Path::new(program).is_file())
}

/// Why there is no load balancer here.
pub fn missing() -> Option<String> {
    program()
        .is_none()
        .then(|| "nginx is not installed (apt: nginx-light)".to_owned())
}

/// A running nginx.
pub struct Nginx {
    child: Child,
    /// Its address.
    pub base: String,
    place: Place,
}

impl Nginx {
    /// In front of these servers. What it is told about them is what `docs/operations.md` advises.
    pub async fn before(servers: [&str; 2]) -> Self {
        let place = Place::new();
        let port = free_port();
        let [one, other] = servers.map(|base| base.trim_start_matches("http://"));
        let folder = place.folder().display();
        let config = format!(
            "daemon off; pid {folder}/pid; error_log {folder}/error.log info; worker_processes 1;
            events {{ worker_connections 256; }}
            http {{
                access_log off;
                client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
                uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
                # Neither is ever left out: one that does not answer costs a refused connection, and while one restarts a
                # single failure of the other must not leave nobody.
                upstream wuye {{
                    server {one} max_fails=0;
                    server {other} max_fails=0;
                }}
                server {{
                    listen 127.0.0.1:{port};
                    client_max_body_size 130m;
                    location / {{
                        proxy_pass http://wuye;
                        proxy_http_version 1.1;
                        proxy_set_header Connection \"\";
                        proxy_set_header Host $host;
                        proxy_buffering off;
                        # A server that ends resets connections it has not looked at yet. Keys make every write repeatable.
                        proxy_next_upstream error timeout non_idempotent;
                    }}
                }}
            }}"
        );
        let file = place.folder().join("nginx.conf");
        fs::write(&file, config).expect("a file");
        let child = Command::new(program().expect("nginx"))
            .args(["-e", &format!("{folder}/error.log"), "-p"])
            .arg(place.folder())
            .arg("-c")
            .arg(&file)
            .stdin(Stdio::null())
            .spawn()
            .expect("nginx");
        let nginx = Self {
            child,
            base: format!("http://127.0.0.1:{port}"),
            place,
        };
        crate::trials::wait_until(async || reqwest::get(format!("{}/healthz", nginx.base)).await.is_ok()).await;
        nginx
    }

    /// What it noted about failures.
    pub fn log(&self) -> String {
        fs::read_to_string(self.place.folder().join("error.log")).unwrap_or_default()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = Command::new("sh")
            .arg("-c")
            .arg(format!("kill -TERM {}", self.child.id()))
            .status();
        let _ = self.child.wait();
    }
}
