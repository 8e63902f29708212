"""RandAugment's operations as Pillow 9.4 computes them. Arguments: level of each operation, as timm turns levels into Pillow's arguments."""
import gzip, json, struct
import numpy as np
from PIL import Image, ImageOps, ImageEnhance
FILL=(124,116,104)
rng=np.random.default_rng(0)
def picture(w,h,lo,hi):
    y,x=np.mgrid[0:h,0:w]
    base=np.stack([np.sin(x/5+y/9),np.cos(x/7-y/4),np.sin((x+y)/6)],-1)*.4+.5
    a=base+rng.normal(0,.08,(h,w,3)); a[h//3:h//2,w//4:w//2]=[.9,.2,.1]
    return (np.clip(a,0,1)*(hi-lo)+lo).round().astype(np.uint8)
pictures=[picture(17,13,0,255),picture(12,14,40,180)]
BI=Image.BICUBIC
def affine(im,m): return im.transform(im.size,Image.AFFINE,m,resample=BI,fillcolor=FILL)
def solarize_add(im,add):
    lut=[min(255,i+add) if i<128 else i for i in range(256)]
    return im.point(lut*3)
def posterize(im,l):
    return ImageOps.posterize(im,4-int(l/10*4))
ops={
 'AutoContrast':lambda im,l,s:ImageOps.autocontrast(im),
 'Equalize':lambda im,l,s:ImageOps.equalize(im),
 'Invert':lambda im,l,s:ImageOps.invert(im),
 'Rotate':lambda im,l,s:im.rotate(s*l/10*30,resample=BI,fillcolor=FILL),
 'Posterize':lambda im,l,s:posterize(im,l),
 'Solarize':lambda im,l,s:ImageOps.solarize(im,256-int(l/10*256)),
 'SolarizeAdd':lambda im,l,s:solarize_add(im,int(l/10*110)),
 'Color':lambda im,l,s:ImageEnhance.Color(im).enhance(1+s*l/10*.9),
 'Contrast':lambda im,l,s:ImageEnhance.Contrast(im).enhance(1+s*l/10*.9),
 'Brightness':lambda im,l,s:ImageEnhance.Brightness(im).enhance(1+s*l/10*.9),
 'Sharpness':lambda im,l,s:ImageEnhance.Sharpness(im).enhance(1+s*l/10*.9),
 'ShearX':lambda im,l,s:affine(im,(1,s*l/10*.3,0,0,1,0)),
 'ShearY':lambda im,l,s:affine(im,(1,0,0,s*l/10*.3,1,0)),
 'TranslateX':lambda im,l,s:affine(im,(1,0,s*l/10*.45*im.size[0],0,1,0)),
 'TranslateY':lambda im,l,s:affine(im,(1,0,0,0,1,s*l/10*.45*im.size[1])),
}
signed={'Rotate','Color','Contrast','Brightness','Sharpness','ShearX','ShearY','TranslateX','TranslateY'}
plain={'AutoContrast','Equalize','Invert'}
tensors={}; cases=[]
for i,p in enumerate(pictures):
    tensors[f'in.image{i}']=p
    im=Image.fromarray(p)
    for name,f in ops.items():
        for l in ([9.0] if name in plain else [9.0,3.7] if i==0 else [10.0]):
            for s in ([1,-1] if name in signed else [1]):
                key=f'out.{len(cases)}'
                tensors[key]=np.asarray(f(im,l,s)); cases.append([i,name,l,s])
header={'__metadata__':{'cases':json.dumps(cases),'pillow':'9.4.0'}}; off=0; blobs=[]
for k,v in tensors.items():
    b=np.ascontiguousarray(v).tobytes(); header[k]={'dtype':'U8','shape':list(v.shape),'data_offsets':[off,off+len(b)]}; off+=len(b); blobs.append(b)
h=json.dumps(header).encode(); h+=b' '*(-len(h)%8)
open('/tmp/ra/randaugment.safetensors.gz','wb').write(gzip.compress(struct.pack('<Q',len(h))+h+b''.join(blobs),9,mtime=0))
print(len(cases))
